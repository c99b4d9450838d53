# Error pages: what happened, what it means, what to do next. Each error has -title, -lead and -what-to-do.
error-home = Go to the home page
error-search = Find a procedure
error-number = When you call for help, please read out this number:

error-not-found-title = Page not found
error-not-found-lead = There is no page at this address, or it has moved.
error-not-found-what-to-do = If you typed the address, check every letter. If you followed a link, look for the procedure or the agency from the home page.

error-forbidden-title = You may not see this page
error-forbidden-lead = The account you are using is not allowed to do this.
error-forbidden-what-to-do = If you have another account, sign out and sign in with that one. For help, please call the number at the foot of the page.

error-acting-title = You are acting for somebody else
error-acting-lead = You are acting for { $name }; this can be done only when you stop acting.
error-acting-what-to-do = Press Stop acting to return to your own account, then open this page again.

error-no-filing-title = You may not file
error-no-filing-lead = You are acting for { $name } and may look at dossiers, not file them.
error-no-filing-what-to-do = Ask them for the right to file dossiers. To file a dossier of your own, stop acting.

error-stale-title = Your session has ended
error-stale-lead = To protect your data we do not take a form that was open for very long or that belongs to an earlier sign-in. Nothing was sent.
error-stale-what-to-do = Go back to the page before, reload it and try again.

error-unreadable-title = We could not read the request
error-unreadable-lead = What arrived was incomplete or malformed, perhaps because the connection was cut. Nothing was saved.
error-unreadable-what-to-do = Go back to the page before and try again.

error-method-title = This page cannot be opened like this
error-method-lead = This address only takes what is sent from another page; it cannot be opened by itself.
error-method-what-to-do = Go back to the page before and use its button.

error-too-large-title = The file is too large
error-too-large-lead = The file or form is larger than we can take, so it was not received.
error-too-large-what-to-do = Make the file smaller, for example by a smaller photograph or scan, or split it, and upload it again.

error-too-many-title = Try again in a few minutes
error-too-many-lead = Too many requests came from this device in a short time, so we paused to protect your account and the system.
error-too-many-what-to-do = Wait a few minutes and try again.

error-conflict-title = The dossier has just changed
error-conflict-lead = While this page was open, somebody else, or you in another window, changed the dossier. What you just did was not saved.
error-conflict-what-to-do = Open the dossier again to see where it stands, and repeat the step if it is still needed.

error-unavailable-title = The service is interrupted
error-unavailable-lead = A part of the system is down at the moment. Everything that was confirmed before is safe.
error-unavailable-what-to-do = Please try again in a few minutes.

error-internal-title = Something went wrong
error-internal-lead = The fault is ours, not yours. Everything that was confirmed before is safe.
error-internal-what-to-do = Please try again in a few minutes. If it happens again, call the help desk at the foot of this page.

error-busy-title = Too many people are signing in
error-busy-lead = Your request was not carried out; nothing was lost or changed.
error-busy-what-to-do = Please try again in a few seconds.
