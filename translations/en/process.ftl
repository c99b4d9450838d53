# The steps of a dossier and their picture.

process-title = Steps
process-who = { $role }, within { $limit }
process-done = Done
process-current = Now in this part
process-to-come = To come
process-picture = See the steps as a picture
process-picture-name = Picture of the steps; the list above has them in words
process-picture-hint = Your dossier goes along the solid lines. Dashed lines are other cases.
