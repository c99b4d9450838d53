# Single sign-on: the consent page, signing in through another portal, linking accounts.
sso-moving-on = Taking you on
sso-moving-on-lead = You are being taken to the next page. If nothing happens, press the button below.
sso-continue = Continue

sso-consent-title = Allow information to be shared
sso-consent-question = May { $client } know about you?
sso-consent-lead = You are signing in to { $client } with your account of the National Public Service Portal.
sso-consent-list = If you agree, it will learn:
sso-consent-act-question = May { $client } file dossiers for you at { $portal }?
sso-consent-act-list = If you agree, it will learn and do this:
sso-consent-act-counts = A dossier that it files counts as one that you filed yourself. The dossier always says through whom it was filed.
sso-consent-act-end = You can withdraw this at any time under Account, on the page Sites that can see my data. Five minutes later at the latest it can do nothing for you any more.
sso-consent-password = Your password is shared with nobody.
sso-consent-agree = I agree
sso-consent-refuse = I do not agree
sso-scope-openid = Who you are: a fixed number of your account
sso-scope-profile = Full name, date of birth, kind of account
sso-scope-email = E-mail address
sso-scope-phone = Telephone number
sso-scope-vn = Identity number or tax number, and how well the account was verified
sso-scope-dossiers = Write dossiers, upload papers and file for you at { $portal }, and see your dossiers there
sso-scope-offline = All of this also while you are not signed in, for 90 days at most
sso-consents-title = Sites that can see my data
sso-consents-lead = You let these know about you when you sign in to them with this account. If you withdraw that, they can no longer read it, and you are asked again the next time you sign in.
sso-consents-none = You have not let anybody know about you.
sso-consents-given = Agreed at { $given }.
sso-consents-withdraw = Withdraw

sso-refused-title = You cannot sign in from that page
sso-refused-malformed = The request to sign in cannot be read.
sso-refused-client = The site that brought you here is not registered with the National Public Service Portal.
sso-refused-address = The site that brought you here wants you to be sent back to an address that is not registered.
sso-refused-what-now = To protect you, nothing was done. Go back to that site and try again. If it still fails, please tell those who run that site.

sso-sign-out-lead = You have just signed out of { $client }. Do you want to sign out of the National Public Service Portal too?
sso-sign-out-lead-unknown = Do you want to sign out of the National Public Service Portal?
sso-stay = No, I want to go on
sso-sign-out-refused-title = Not signed out
sso-sign-out-refused-what-now = You are still signed in here. To sign out, press the button below.

sso-or = Or sign in with
sso-or-hint = If your account was issued elsewhere, do not enter its number and password above. Press the button below and sign in where it was issued.
sso-failed-title = Not signed in yet
sso-failed-unreachable = The issuer of your account cannot be reached at the moment. Please try again in a few minutes, or sign in with an account of this portal.
sso-failed-unknown = This sign-in has expired, was used before, or was started in another browser. Please sign in again from the start.
sso-failed-provider = The issuer of your account gave a wrong answer, so this portal did not sign you in. Please try again.
sso-failed-too-little = The issuer of your account does not tell your identity number or tax number, so no account was found. You can register an account of this portal.
sso-failed-not-offered = Accounts of state agencies cannot be used on this portal.
sso-failed-unconfirmed = Your number is registered on this portal, but the e-mail address is not confirmed. Open the letter you were sent and follow its link, then sign in again.
sso-failed-not-usable = Your account on this portal cannot be used at the moment. Please call the help number at the foot of the page.

sso-link-title = Link your two accounts
sso-link-lead = This portal already has an account with the number { $number }, the same number as the account you have just used ({ $provider }).
sso-link-why = To make sure that both accounts are yours, enter the password of the account on this portal. You do this only once; afterwards you can sign in with either.
sso-link-password = Password of the account on this portal
sso-link-button = Link and sign in
sso-link-not-mine = If you have never registered an account on this portal, please call the help number at the foot of the page.
sso-link-sign-in-first = This account uses a second factor. Sign in to this portal with it first, then choose this way of signing in again: the two accounts are linked then
