derivation-link = See how this time was worked out
derivation-title = How the due date of the result was worked out
derivation-title-answer = How the agency's time to answer was worked out
derivation-lead = The result is due at { $at }. This is how that time was found.
derivation-lead-answer = The agency says by { $at } whether it accepts the dossier. This is how that time was found.
derivation-stopped = Since { $at } the dossier has been waiting for a supplement, so the clock stands still. Once it is sent, the due date moves by the office time of the wait.
derivation-beyond-calendar = The public holidays of the year in which it is due are not known yet. The due date may change once they are announced.
derivation-filed = Received at
derivation-accepted = Accepted at
derivation-limit = Time limit by law
derivation-policy = How it is counted
derivation-by-hours = By the agency's office hours
derivation-exact = Each working day is 8 office hours, from the moment of acceptance
derivation-next-day = The day of acceptance is not counted; the time ends when the office closes on the last day
derivation-by-calendar = By the calendar, days off included; if the last day is a day off, it moves to the next working day
derivation-start = Counted from
derivation-start-closed = because the office was closed when the dossier was received
derivation-start-next-day = because the day of acceptance is not counted
derivation-start-cut-off = because it was accepted after { $time }, it counts from the next working day
derivation-hours = Office hours
derivation-saturday = Saturday: { $hours }
derivation-rule = Version of the rules
derivation-calendar = Version of the calendar
derivation-original = First due date
derivation-current = Due date now
derivation-counted = Time that was counted
derivation-from = From
derivation-to = To
derivation-time = Counted
derivation-total = Together { $time }, which ends at { $at }.
derivation-total-moved = Together { $time }. The last day, { $day }, is a day off, so it moves to { $at }.
derivation-skipped = Days off that were not counted
derivation-skipped-none = No public holidays or days in lieu.
derivation-estimated = (estimated, not announced)
derivation-weekends = Saturdays and Sundays are not counted, unless they are worked to make up for a day.
derivation-sundays = Sundays are not counted, unless they are worked to make up for a day.
derivation-pauses = Pauses
derivation-pauses-lead = While the agency waits for a supplement, the clock stands still.
derivation-pause-supplement = Waiting for a supplement
derivation-pause-cause = Reason
derivation-pause-time = Office time of the wait
derivation-moved = Due date
derivation-not-moved = Not changed
derivation-from-to = Moved from { $from } to { $to }
derivation-extension = New appointment
derivation-extended-at = Made at
derivation-ground = Reason
derivation-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
derivation-span-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
derivation-span-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
derivation-span-seconds = { $n ->
    [one] { $n } second
   *[other] { $n } seconds
}
derivation-check = Check it yourself
derivation-check-lead = This file says the same, for other software to work it out again.
derivation-download = Download the derivation (JSON)
