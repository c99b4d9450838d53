# Filing: owner, where to receive the result, files, submit.
filing-title = File a dossier
filing-submit = Submit the dossier
filing-continue = Continue
filing-step = Step { $n } of { $of }
filing-at = Received and processed by:
filing-resumed = You have an unfinished dossier for this procedure. What you entered is still here; check it and go on.
filing-agency-title = Choose where to file
filing-agency-search = Find by agency, or by where you live
filing-agency-search-hint = For example: Ia Grai, Ia Kha. Accents are not needed.
filing-agency-find = Find
filing-agency-by-place = By where you live
filing-agency-why-commune = Because the People's Committee of the commune receives this procedure.
filing-agency-why-district = Because the district receives this procedure, for every commune in it.
filing-agency-why-province = Because an agency of the province receives this procedure, for everywhere in it.
filing-agency-none = No agency matches
filing-agency-all = See all agencies that take this procedure

owner-title = Owner of the dossier
owner-relation = For whom do you file?
owner-relation-self = I am the owner
owner-relation-principal = { $name } is the owner
owner-relation-behalf = I file for somebody else
owner-relation-behalf-hint = Your child, parent, spouse, grandparent, brother or sister, a person under your guardianship, or your organisation. Enter their data below.
owner-relation-mandate = I file by mandate
owner-relation-mandate-hint = Enter the data of whoever gave you the mandate below, then attach the written mandate among the files.
owner-relation-missing = Choose whether you file for yourself or for somebody else
owner-filer = Filed by
owner-filer-self = The owner
owner-filer-behalf = { $name }, on behalf of the owner
owner-filer-mandate = { $name }, by the owner's mandate
owner-for-another = Filing for someone else: open this page with empty fields
owner-kind = The owner is
owner-kind-citizen = a person
owner-kind-organisation = an organisation or enterprise
owner-kind-missing = Choose whether the owner is a person or an organisation
owner-full-name = Full name of the owner
owner-full-name-missing = Enter the full name of the owner
owner-organisation-missing = Enter the name of the organisation that is the owner
owner-full-name-hint = In full, with accents, as on the documents. For an organisation, its name.
owner-number = Identity card number or tax number
owner-number-hint = 12 digits for a citizen identity card, 9 for an old identity card, 10 or 13 for a tax number. For a child under 14 without a number, leave this empty and enter the full date of birth.
owner-number-is-yours = This is your own number. Enter the number of the person for whom you file, or choose that you are the owner
owner-birth-date = Date of birth
owner-birth-date-hint = For example: 22 11 1990. If the documents give the year alone, the year is enough.
owner-phone = Telephone number
owner-email = E-mail
owner-address = Address
owner-address-hint = House number, hamlet or village, then commune and province.
owner-address-missing = Enter an address

delivery-title = Where to receive the result
delivery-question = Where do you want to receive the result?
delivery-missing = Choose where to receive the result
delivery-online = Online
delivery-online-hint = Download the electronic result from the dossier's page. A paper one, if any, is at the one-stop desk.
delivery-desk = At the one-stop desk
delivery-desk-hint = Come to { $agency }. Bring your identity card.
delivery-post = By the public post
delivery-post-hint = The post delivers to your address; the receiver pays the postage.
delivery-post-address-title = Address for the post
delivery-post-only = Needed only when the result comes by post.
delivery-post-name = Receiver
delivery-post-name-missing = Enter who receives it

filing-files-title = Files
filing-files-lead = Choose files for the papers that apply to your case. A file is kept as soon as it has arrived; you can stop and come back.
filing-files-press = Once chosen, press Upload at each paper, or Continue to upload them all.
filing-files-kinds = PDF, JPG, PNG, HEIC, TIFF, DOCX and XLSX are taken, up to { $limit } a file and { $max } files a dossier. Photographs of papers will do, and several files can be chosen at once.
filing-files-upload = Upload
filing-files-remove = Remove
filing-files-required = Required.
filing-files-optional = Optional.
filing-files-held = The state already has this in the { $register }; you need not give it.
filing-files-merge = Put the photographs into one PDF
filing-files-merged = { $n } photographs.pdf
filing-files-preview = View
filing-files-new-tab = opens in a new tab
filing-files-mandate = Written mandate
filing-files-mandate-note = Because you file by the owner's mandate. Photograph or scan every page, with both signatures readable.
filing-files-other = Other papers
filing-files-other-title = Beside the papers above
component-originals = { $n ->
    [one] 1 original
   *[other] { $n } originals
}
component-copies = { $n ->
    [one] 1 copy
   *[other] { $n } copies
}

attach-none = No file was chosen here. Choose one, then press Upload
attach-empty = This file is empty. Look at it on your device, then upload it again
attach-program = This file is a program, not a paper, so it was not taken. Choose a PDF, a picture, a DOCX or an XLSX
attach-kind = The content of this file is not a PDF, a picture (JPG, PNG, HEIC, TIFF), a DOCX or an XLSX, so it was not taken. Choose another
attach-too-large = The file is larger than { $limit }. Make it smaller, for example by a smaller photograph, or split it
attach-cut-off = The connection was cut before the whole file arrived. Upload it again; the other files are still here
attach-too-many = A dossier takes at most { $max } files. Put some of them together
attach-not-merged = The picture { $name } cannot be put into the PDF. Remove it, take or save it anew and upload it again; the others are still here
attach-misread = This upload could not be read. Open the page again and choose the file anew
attach-unknown = This unfinished file is not here any more. Choose the file again to upload it from its beginning
attach-filed = This dossier has been filed and takes no more files. To send more, ask the agency under Questions and answers on the dossier's page
attach-too-many-open = { $max } files are unfinished. Finish or drop some, then try again
attach-busy = This file is being uploaded in another window or on another device. Wait a few minutes and try again
attach-other-offset = This part does not follow what has arrived. Press Continue to send the rest
attach-beyond-end = The file is longer than when the upload began; it may have been changed. Choose it again

uploads-begins = Upload of # begins
uploads-waiting = Waiting for its turn
uploads-done = Uploaded
uploads-arrived = # has been uploaded
uploads-cut = The connection was lost. The upload goes on by itself when it is back; what has been sent is kept
uploads-signed-out = You have been signed out. Sign in and choose this file again; what has been sent is kept
uploads-paused = Paused; what has been sent is kept
uploads-leaving = Waiting for the files, then going on to the next step
uploads-unfinished = # files are unfinished here. Choose the same file again to send the rest, not all of it
uploads-pause = Pause
uploads-resume = Continue
uploads-drop = Drop
uploads-shrunk = The photograph was made smaller, from # to #, to arrive sooner; the words stay readable
uploads-original = Send the original

review-changed = The dossier was changed in another window or on another device after you opened this page. Please look through it again below, then submit it.
review-title = Check and submit
review-files-none = No files yet.
review-files-none-hint = This procedure asks for papers: please attach at least one file before filing.
review-change-files = Change the files
review-statement = By pressing Submit you confirm that the above is true.
review-owner-missing = The owner has not been entered
review-delivery-missing = Where to receive the result has not been chosen
review-paper-missing = A required paper is missing: { $what }
review-papers-missing = No file yet for these papers:
review-fees = Fees
review-fee-none = Nothing is charged
review-fee-total = Total
review-fee-times = { $amount } ({ $n } times)
review-no-file = This procedure needs papers, and there is no file yet. Attach one at least
review-mandate-missing = Attach the written mandate: you file by the owner's mandate

done-title = The dossier was submitted
done-code = Your dossier code
done-notice = The dossier has been sent to the reception desk.
done-secret = Tracking characters
done-secret-hint = With the dossier code they show the progress without signing in. Give them only to people you trust.
done-receipt = Download the receipt (PDF)
done-follow = Follow the dossier
done-next-title = What happens next
done-next-answer = The one-stop desk answers by { $at }.
done-next-answer-why = The time to answer is counted in working hours; days off and public holidays do not count.
done-next-message = Whenever something happens, a letter goes to { $email }.
done-next-text = When the dossier must be completed, is not accepted, is done, or is not answered in time, a text message goes to { $phone }. To be told of everything, add an e-mail address on the page Account.
done-next-no-message = The account has no confirmed e-mail address or telephone, so nothing can be sent when something happens. Please add one on the page Account, and see how far it is at:
done-next-receipt = Download and keep the proof of what you filed, signed by the portal:
done-next-track = Without signing in you can see the progress on the page
done-arrived-title = The files that arrived

# Areas: finding the commune of an address.
place-find = Find the commune
place-type-first = Type the commune's name into the box above and press again, for example: Làng Jút, xã Ia Hrung.
place-none = No commune has a name like that. You may type the commune's name again, or leave the address as you typed it.
place-choose = Choose the commune:
place-renamed = This is a name from before 01/07/2025. Choose one of these if today's name is needed; if your papers have the old name, leave it as it is.
place-before = Before 01/07/2025: { $name }
place-before-short = Before:
place-part-of = Part of { $name } before 01/07/2025
place-found = # suggestions. Use the arrow keys to choose.
place-list = Suggested communes
place-of-owner = The owner's address
place-of-post = The address for the post
place-doubt-none = { $what }: no commune was recognised; the commune and the province should be written in full.
place-doubt-unsure = { $what }: it is not clear whether this is { $names }; the commune and the province should be written in full.
place-doubt-before = { $what }: «{ $before }» is a name from before 01/07/2025, today { $names }.

# The parts of a long dossier.
tasks-title = All parts
tasks-count = { $n } of { $of } parts are done.
tasks-lead = You may take the parts in any order, stop, and go on later.
tasks-others = Result, papers and filing
tasks-not-started = Not started
tasks-started = Started
tasks-done = Done
tasks-optional = Optional
tasks-ready = Ready to file
tasks-not-ready = Not ready yet
