#!/usr/bin/python3
"""A second calculator of due dates, written from the rules and not from the program (content/vectors/README.md).

    due_dates.py check FOLDER   works out every vector of the folder anew and names each that differs
    due_dates.py fill FILE      writes into the file what is expected of the cases that do not say it yet
    due_dates.py answer         reads cases as JSON lines and answers each with a line

It lays out all office time of many years as one line of milliseconds and looks places up on it by bisection; nothing is
counted day by day. Moments are milliseconds of local time in Vietnam since 1970.
"""

import json
import sys
from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from pathlib import Path

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
EPOCH = date(1970, 1, 1)


def moment_of(text):
    if not text.endswith("+07:00"):
        raise ValueError(f"{text} is not a moment of Vietnam")
    return round((datetime.fromisoformat(text[:-6]) - datetime(1970, 1, 1)) / timedelta(milliseconds=1))


def text_of(moment):
    local = datetime(1970, 1, 1) + timedelta(milliseconds=moment)
    return local.strftime("%Y-%m-%dT%H:%M:%S.") + f"{local.microsecond // 1000:03}+07:00"


def day_of(moment):
    return EPOCH + timedelta(days=moment // DAY)


def midnight(day):
    return (day - EPOCH).days * DAY


def minute_of(text):
    hours, minutes = text.split(":")
    return (int(hours) * 60 + int(minutes)) * MINUTE


class Line:
    """All office time between two years, as one line."""

    def __init__(self, calendar, windows, saturday, first_year, last_year):
        works = {entry["day"]: entry["kind"] == "makeup_work" for entry in calendar["days"]}
        self.opens, self.closes, self.days_of = [], [], []
        self.worked = 0
        # What has been worked when each window closes.
        self.sums = []
        self.working_days = []
        for number in range((date(first_year, 1, 1) - EPOCH).days, (date(last_year, 12, 31) - EPOCH).days + 1):
            day = EPOCH + timedelta(days=number)
            listed = works.get(day.isoformat())
            is_working_day = day.weekday() < 5 if listed is None else listed
            if is_working_day:
                self.working_days.append(number)
            today = windows if is_working_day else saturday if day.weekday() == 5 and listed is None else []
            for opens, closes in today:
                self.opens.append(number * DAY + opens)
                self.closes.append(number * DAY + closes)
                self.days_of.append(number)
                self.worked += closes - opens
                self.sums.append(self.worked)

    def worked_until(self, moment):
        """How much office time lies before a moment."""
        window = bisect_right(self.opens, moment) - 1
        if window < 0:
            return 0
        return self.sums[window] - max(0, self.closes[window] - moment)

    def when_worked(self, amount):
        """The first moment by which so much office time has passed."""
        window = bisect_left(self.sums, amount)
        return self.closes[window] - (self.sums[window] - amount)

    def first_office_time(self, moment):
        """The moment itself in office time, else the next opening."""
        window = bisect_right(self.closes, moment)
        return max(moment, self.opens[window])

    def first_working_day(self, number):
        return self.working_days[bisect_left(self.working_days, number)]

    def stretches(self, start, end):
        """Office time between two moments, one stretch for each run of days on end."""
        found = []
        last = len(self.opens)
        for window in range(bisect_right(self.closes, start), last):
            opens, closes = max(self.opens[window], start), min(self.closes[window], end)
            if opens >= closes:
                break
            if found and self.days_of[window] - found[-1][3] <= 1:
                found[-1][1] = closes
                found[-1][2] += closes - opens
                found[-1][3] = self.days_of[window]
            else:
                found.append([opens, closes, closes - opens, self.days_of[window]])
        return [(opens, closes, counted) for opens, closes, counted, _ in found]


class Calculator:
    """Calendars and offices by name, and the lines that were laid out for them."""

    def __init__(self):
        self.calendars = {}
        self.offices = {}
        self.lines = {}

    def define(self, calendars, offices):
        self.calendars.update(calendars)
        self.offices.update(offices)
        self.lines.clear()

    def line(self, case, with_saturday, years):
        year = int(case["accepted_at"][:4])
        # Whole decades are shared by many cases.
        first, last = (year - 1) // 10 * 10, (year + years + 2) // 10 * 10 + 9
        key = (case["calendar"], case["office"], with_saturday, first, last)
        if key not in self.lines:
            office = self.offices[case["office"]]
            windows = [(minute_of(opens), minute_of(closes)) for opens, closes in office["windows"]]
            saturday = [(minute_of(opens), minute_of(closes)) for opens, closes in office.get("saturday", [])]
            calendar = self.calendars[case["calendar"]]
            self.lines[key] = Line(calendar, windows, saturday if with_saturday else [], first, last)
        return self.lines[key]

    def due(self, case):
        """What is expected of a case."""
        unit, amount = case["limit"]["unit"], Decimal(case["limit"]["amount"])
        accepted = moment_of(case["accepted_at"])
        per_year = {"hour": 1000, "half_day": 300, "working_day": 150, "day": 300, "month": 11, "year": 1}
        years = int(amount / per_year[unit]) + 1 + sum(
            int(pause["to"][:4]) - int(pause["from"][:4]) for pause in case.get("pauses", [])
        )
        # A Saturday on which an office opens counts in hours alone.
        line = self.line(case, unit == "hour", years)
        is_exact = case["rule"]["policy"] == "exact"
        is_in_time = accepted <= midnight(day_of(accepted)) + minute_of(case["rule"]["cut_off"])
        next_midnight = midnight(day_of(accepted)) + DAY
        start = accepted if is_in_time else next_midnight
        if unit == "hour":
            due = line.when_worked(line.worked_until(accepted) + whole(amount * HOUR))
            steps = line.stretches(accepted, due)
        elif unit in ("half_day", "working_day"):
            hours = 4 if unit == "half_day" else 8
            if is_exact:
                due = line.when_worked(line.worked_until(start) + whole(amount * hours * HOUR))
            else:
                start = next_midnight
                due = self.nth_day(line, start, amount * hours / 8)
            steps = line.stretches(start, due)
        else:
            start = line.first_office_time(start) if is_exact else accepted
            last = last_day(day_of(start), amount, unit)
            closing = minute_of(self.offices[case["office"]]["windows"][-1][1])
            due = line.first_working_day((last - EPOCH).days) * DAY + closing
            steps = [(start, midnight(last) + closing, (last - day_of(start)).days * DAY)]
        first = day_of(accepted) if unit in ("hour", "half_day", "working_day") else last
        answer = {
            "counted": [
                {"from": text_of(opens), "to": text_of(closes), "counted_ms": counted} for opens, closes, counted in steps
            ],
            "skipped": self.skipped(case["calendar"], first, day_of(due)),
            "pauses": [],
        }
        for pause in case.get("pauses", []):
            counted = line.worked_until(moment_of(pause["to"])) - line.worked_until(moment_of(pause["from"]))
            counted = max(0, counted)
            before = due
            if counted:
                due = line.when_worked(line.worked_until(due) + counted)
            answer["pauses"].append(
                {"counted_ms": counted, "due_before": text_of(before), "due_after": text_of(due)}
            )
        return {"due_at": text_of(due), **answer}

    @staticmethod
    def nth_day(line, from_midnight, days):
        """The closing of the n-th working day; of a part of a day so much of its hours."""
        first = bisect_left(line.working_days, from_midnight // DAY)
        whole_days = int(days.to_integral_value(ROUND_CEILING))
        day = line.working_days[first + whole_days - 1]
        part = days - (whole_days - 1)
        return line.when_worked(line.worked_until(day * DAY) + whole(part * 8 * HOUR))

    def skipped(self, calendar, first, last):
        first, last = first.isoformat(), last.isoformat()
        days = [entry for entry in self.calendars[calendar]["days"] if first <= entry["day"] <= last]
        days = [entry for entry in days if entry["kind"] != "makeup_work"]
        return [{"day": entry["day"], "name": entry["name"]} for entry in sorted(days, key=lambda entry: entry["day"])]


def whole(number):
    """A number of milliseconds, which is whole for limits of three decimals."""
    if number != int(number):
        raise ValueError(f"{number} is no whole number of milliseconds")
    return int(number)


def last_day(start, amount, unit):
    """The last day of a limit in days of the calendar, months or years."""
    if unit == "day":
        return start + timedelta(days=int(amount.to_integral_value(ROUND_CEILING)))
    months = amount * 12 if unit == "year" else amount
    year, month = divmod(start.year * 12 + start.month - 1 + int(months), 12)
    day = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    # A part of a month is that part of thirty days.
    return day + timedelta(days=int(((months - int(months)) * 30).to_integral_value(ROUND_CEILING)))


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, parse_float=Decimal)


def of_folder(folder):
    calculator = Calculator()
    calculator.define(read(folder / "calendars.json"), read(folder / "offices.json"))
    return calculator


def check(folder):
    calculator = of_folder(folder)
    checked = wrong = 0
    for path in sorted(folder.glob("*.json")):
        if path.name in ("calendars.json", "offices.json"):
            continue
        for case in read(path)["cases"]:
            checked += 1
            answer = calculator.due(case)
            if answer != case["expect"]:
                wrong += 1
                print(f"{path.name}: {case['id']}: {answer['due_at']} is due, {case['expect']['due_at']} is expected")
                print(json.dumps(answer, ensure_ascii=False))
    print(f"{checked} vectors, {wrong} of them wrong")
    return checked > 0 and wrong == 0


def fill(path):
    calculator = of_folder(path.parent)
    content = read(path)
    for case in content["cases"]:
        if "expect" not in case:
            case["expect"] = calculator.due(case)
    head = json.dumps({name: content[name] for name in content if name != "cases"}, ensure_ascii=False, default=number)
    cases = ",\n".join(json.dumps(case, ensure_ascii=False, default=number) for case in content["cases"])
    path.write_text(f'{head[:-1]}, "cases": [\n{cases}\n]}}\n', encoding="utf-8")


def number(value):
    return float(value)


def answer():
    calculator = Calculator()
    for line in sys.stdin:
        asked = json.loads(line, parse_float=Decimal)
        if "calendars" in asked:
            calculator.define(asked["calendars"], asked["offices"])
        else:
            print(json.dumps(calculator.due(asked), ensure_ascii=False, separators=(",", ":")))


def main():
    match sys.argv[1:]:
        case ["check", folder]:
            sys.exit(0 if check(Path(folder)) else 1)
        case ["fill", file]:
            fill(Path(file))
        case ["answer"]:
            answer()
        case _:
            sys.exit(__doc__)


main()
