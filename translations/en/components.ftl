# Words shared by the components: fields, errors, lists, pagination.
form-error-title-prefix = Error:{" "}
form-error-summary = There is a problem
form-error-prefix = Error:
form-optional = (optional)
form-day = Day
form-month = Month
form-year = Year
form-characters-at-most = At most { $n } characters.
form-characters-left = # characters left.
form-characters-over = # characters too many.
form-upload-running = Uploading: #%
form-upload-failed = The upload did not finish. Check your connection and try again; what you entered is still here.

password-rule-length = At least 8 characters
password-rule-upper = A capital letter
password-rule-lower = A small letter
password-rule-digit = A digit
password-rule-special = A special character, such as ! @ #

warning-prefix = Warning:
value-missing = Not given
action-change = Change
action-back = Back

breadcrumbs-label = Where you are
pagination-label = Pages of results
pagination-previous = Previous page
pagination-next = Next page
pagination-page = Page { $n }
