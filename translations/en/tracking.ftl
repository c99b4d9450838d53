# Tracking and following dossiers.
status-draft = Draft
status-filed = Newly filed
status-accepted = In process
status-refused = Not accepted
status-finished = Processed
status-returned = Result returned
status-overdue = Overdue

step-waiting-answer = Waiting for the desk's answer
step-in-process = Being processed
step-waiting-return = Waiting for the result to be returned
step-since = Since { $at }
step-due = Due: { $at }
step-overdue = Was due: { $at }
step-filed = Filed and sent to the reception desk
step-accepted = Accepted
step-refused = Not accepted
step-finished = Processed
step-returned = Result returned

fact-procedure = Procedure
fact-agency = Processed by
fact-desk = Received by
fact-filed = Filed at
fact-answer-due = The desk answers by
fact-accepted = Accepted at
fact-due = Result due at
fact-returned = Result returned at

my-dossiers-none = You have no dossiers yet
my-dossiers-start = Find a service to file for
my-dossiers-only-look = You may look at their dossiers; you may not file.
my-dossiers-filed = Filed dossiers
my-dossiers-drafts = Drafts
my-dossiers-started-at = Begun at { $at }

dossier-title = Dossier { $code }
dossier-heading = Dossier
dossier-history = What happened
dossier-documents = Documents
dossier-receipt = Receipt (PDF)
dossier-acceptance-slip = Slip of acceptance and appointed return (PDF)
dossier-refusal-slip = Slip of refusal (PDF)
dossier-result = Result
dossier-reasons = Why it was not accepted
dossier-legal-ground = Ground:
dossier-refused-what-to-do = You can complete the papers as said above and file again. If you have questions, call the number at the foot of the page.
dossier-file-again = File again

tracking-title = Track a dossier
tracking-lead = See where a dossier is, who has it, since when and until when. No need to sign in.
tracking-code = Dossier code
tracking-code-hint = It stands on the receipt, for example H21.58.51-261122-0001.
tracking-code-missing = Enter the dossier code
tracking-code-wrong = This is not a dossier code. A correct one: H21.58.51-261122-0001
tracking-secret = Tracking characters
tracking-secret-hint = The 4 characters printed with the code, or the last 4 digits of the owner's document.
tracking-secret-missing = Enter the tracking characters
tracking-wrong = No dossier matches this code and these characters. Please check both
tracking-receipt = Need to know whether a receipt is right?
tracking-look-up = Look up
tracking-progress-only = This page shows the progress only. To see the content, the papers and the result, the owner has to sign in.
