# Filing a dossier: owner, delivery, files, submission.
