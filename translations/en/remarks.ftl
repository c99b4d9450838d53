# What filer and agency write to each other; drafts that are deleted.
remarks-title = Questions and answers
remarks-open = Ask, and read the answers
remarks-unread = New message
remarks-none = Nothing has been written yet.
remarks-you = You ({ $name })
remarks-filer = Filer: { $name }
remarks-words = Write something
remarks-hint = Ask about this dossier. Papers are sent when the agency asks for them. What is sent can be neither changed nor deleted.
remarks-desk-hint = Write for citizens. The filer is told by a letter that does not hold it. What is sent can be neither changed nor deleted.
remarks-missing = Write what you want to say
remarks-send = Send
remarks-closed = This dossier has ended, so nothing more can be written. To ask, please call the number at the foot of the page.
remarks-too-many = This dossier has { $max } messages, which is the most. To ask more, please call the number at the foot of the page.
remarks-wait = { $max } messages in a row wait for an answer. Please wait for the other side.

discard-title = Delete the draft
discard-warning = Everything that was entered and uploaded for this dossier is deleted for good.
discard-button = Delete
discard-keep = Do not delete, go back
my-draft-expires = Unless you go on with it, this draft is deleted at { $at }
my-draft-continue = Go on
my-draft-delete = Delete
my-draft-deleted = The draft has been deleted
