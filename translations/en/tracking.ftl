# Tracking a dossier.
