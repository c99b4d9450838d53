# Accounts: registration, confirmation, sign-in, passwords.
