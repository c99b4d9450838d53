# The shell of every page: menu, account, foot, demonstration.
skip-link = Skip to main content
menu-label = Main menu
menu-home = Home
menu-services = Public services
menu-information = Information and services
menu-procedures = Procedures
menu-agencies = Agencies
menu-tracking = Track
menu-help = Help
menu-my-dossiers = My dossiers
menu-dossiers-of = Dossiers of { $name }
menu-account = Account
menu-inbox = Inbox

account-label = Account
account-register = Register
account-sign-in = Sign in
account-sign-out = Sign out

demo-tag = Demonstration
demo-text = No agency handles what is filed here.
demo-clock = Clock moved to { $time }.
demo-messages = See simulated messages

help-title = Help
help-lead = For help with online public services, please contact:

footer-label = Links at the foot of the page
footer-title = Links
footer-guide = How to file a dossier
footer-tracking = Track a dossier
footer-agencies = Receiving agencies
footer-motto = Together for a democratic, clean, professional and modern administration.

shortcuts-title = Keyboard shortcuts
shortcut-move = Down, up in the list
shortcut-open = Open the selected dossier
shortcut-search = Go to the search box
shortcut-up = Back to the list
shortcut-help = Open this list of shortcuts
shortcuts-close = Close
