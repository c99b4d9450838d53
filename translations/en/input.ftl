# Errors of entering: what is wrong and how to mend it.
input-name-missing = Enter the full name
input-name-character = A name has letters and spaces only, no digits or signs
input-number-missing = Enter an identity card number or a tax number
input-number-length = A citizen identity number has 12 digits, an old identity card 9, a tax number 10 or 13
input-number-digits = The number has digits only
input-number-place = This is not a citizen identity number: its first three digits are no place of birth registration
input-number-check = This is not a tax number; a digit may have been mistyped. Please check it
input-phone-missing = Enter a telephone number
input-phone-wrong = This is not a telephone number. A correct one: 0912 345 678
input-email-missing = Enter an e-mail address
input-email-wrong = This is not an e-mail address. A correct one: name@example.com
input-birth-date-wrong = This is not a birth date. The year alone, or month and year, will do
input-too-long = { $what }: at most { $max } characters are taken
input-a-name = A name
input-a-text = This field
input-control-character = There is a character that cannot be read; please type it again
