"""Some weeks of work in a data folder, as rows of the desk, for looking at what is measured. Made up and seeded; the record knows nothing of it."""
import datetime
import random
import sqlite3

PEOPLE = [f"person-{number}" for number in range(8)]


def moment(weeks_ago, hours):
    now = datetime.datetime.now(datetime.timezone.utc)
    monday = (now - datetime.timedelta(days=now.weekday(), weeks=weeks_ago)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (monday + datetime.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def week_number(weeks_ago):
    return (datetime.date.today() - datetime.date(1969, 12, 29)).days // 7 - weeks_ago


def add_item(database, chance, number, weeks_ago):
    arm = chance.choice(["with_ai", "with_ai", "without_ai"])
    person = chance.choice(PEOPLE)
    asked = chance.uniform(8, 100)
    decided = asked + chance.uniform(0.2, 30)
    outcome = "edit" if arm == "without_ai" else chance.choice(["accept", "accept", "accept", "edit", "reject"])
    state = {"accept": "delivered", "edit": "delivered", "reject": "rejected"}[outcome]
    seconds = chance.lognormvariate(5.6 if arm == "without_ai" else 5.0, 0.6)
    proposal = f"measured-{number}"
    database.execute(
        "INSERT INTO desk_proposals (id, kind, title, prepared, input, output, evidence, confidence, model, settings, milliseconds, "
        "information_class, text, owner, owner_name, department, state, version, created, submitted, note, principal, recipient, "
        "recipient_name, approver, changed_by, entry, walled, experiment, arm, drawn_for, drawn, cpu_milliseconds) VALUES (?, 'answer', "
        "'Fråga', 'Svar', '{}', '{}', '[]', 0.9, 'kansli-quotes/1', '{}', 40, 'open', 'Svar', ?, 'Asta', '', ?, 3, ?, ?, '', "
        "'department:ingen', '', '', '', 'Asta', 1, 0, 'measured', ?, ?, 0.5, 35)",
        (proposal, chance.choice(PEOPLE), state, moment(weeks_ago, asked), moment(weeks_ago, asked + 0.1), arm, proposal))
    database.execute(
        "INSERT INTO desk_reviews (proposal, person, name, action, reason, seconds, batch, moment, state_before, state_after, text_before, "
        "text_after, approver_before, distance) VALUES (?, ?, 'Asta', ?, '', ?, 0, ?, 'waiting', ?, 'Svar', 'Svar', '', ?)",
        (proposal, person, outcome, seconds, moment(weeks_ago, decided), {"accept": "accepted", "edit": "edited", "reject": "rejected"}[outcome],
         None if arm == "without_ai" or outcome == "reject" else 0.0 if outcome == "accept" else chance.uniform(0.1, 0.6)))
    if state == "delivered":
        database.execute("INSERT INTO desk_deliveries VALUES (?, ?, ?, '', ?, 'Asta', ?, 'done', '')",
                         (f"delivery-{number}", proposal, chance.choice(["mail", "mail", "file", "by_hand"]), person, moment(weeks_ago, decided + 0.1)))
    if chance.random() < 0.06:
        database.execute("INSERT INTO desk_faults (proposal, severity, what, moment) VALUES (?, 'minor', 'Fel rubrik.', ?)",
                         (proposal, moment(weeks_ago, decided + 1)))
    if chance.random() < 0.5:
        add_answer(database, chance, number, proposal, arm, weeks_ago)


def add_answer(database, chance, number, proposal, arm, weeks_ago):
    for respondent in ("asker", "decider"):
        database.execute("INSERT INTO measures_tickets VALUES (?, ?, ?)", (proposal, respondent, week_number(weeks_ago)))
        database.execute("INSERT INTO measures_satisfaction VALUES (?, 'answer', 'measured', ?, ?, ?, ?)",
                         (f"{respondent}-{number}", arm, respondent, week_number(weeks_ago), chance.choice([3, 4, 4, 5, 5])))


def add_measured_work(data, weeks=8, items=30):
    chance = random.Random(3)
    with sqlite3.connect(data / "kansli.db") as database:
        today = datetime.date.today()
        database.execute("INSERT INTO measures_experiments VALUES ('measured', 'answer', 0.33, ?, ?, 'handling_median', 'seed', 1)",
                         ((today - datetime.timedelta(weeks=weeks + 1)).isoformat(), (today - datetime.timedelta(days=3)).isoformat()))
        database.execute("INSERT INTO measures_baselines VALUES ('before', 'answer', 'handling_mean', 40, 6.5, 2.5, '2025-09-01', '2025-09-30', "
                         "'Tidtagning på papper i kontaktcenter')")
        for factor, value in (("idle_watts", 45), ("machine_year_cost", 18000), ("admin_hours_month", 4), ("training_hours_month", 2),
                              ("investment", 60000)):
            database.execute("INSERT INTO measures_factors (factor, value, valid_from, source) VALUES (?, ?, '2025-01-01', 'Påhittad')", (factor, value))
        for number in range(weeks * items):
            add_item(database, chance, number, 1 + number // items)
        for number, person in enumerate(PEOPLE):
            database.execute("INSERT INTO measures_wellbeing_tickets VALUES (?, ?)", (person, week_number(3)))
            database.execute("INSERT INTO measures_wellbeing VALUES (?, ?, ?, ?, ?, ?, ?)",
                             (f"wellbeing-{number}", week_number(3), *(chance.choice([3, 4, 5]) for _ in range(5))))
    database.close()
