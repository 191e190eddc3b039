#include "jobs/detail/job_rows.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "json/value.hpp"

namespace kansli::jobs::detail {

namespace {

constexpr std::array<store::Migration, 1> steps = {{{"jobs", 1, R"sql(
CREATE TABLE jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    owner TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    progress TEXT NOT NULL DEFAULT '',
    result TEXT NOT NULL DEFAULT '',
    error TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    created TEXT NOT NULL,
    started TEXT,
    finished TEXT,
    not_before TEXT NOT NULL,
    holder TEXT,
    cancel_requested INTEGER NOT NULL DEFAULT 0,
    progressed INTEGER NOT NULL DEFAULT 0,
    interruptions INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX jobs_unfinished ON jobs (state, number) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_by_owner ON jobs (owner, number);
)sql"}}};

constexpr std::array job_tables{store::TableNote::searched(
    "jobs", "Bakgrundsjobb, som en inläsning av filer",
    "SELECT id, created AS moment, owner, kind || char(10) || payload || char(10) || progress || char(10) || "
    "result || char(10) || coalesce(error, '') AS text FROM jobs")};

constexpr std::string_view columns =
    "SELECT id, kind, payload, owner, state, progress, result, error, attempts, created, started, finished "
    "FROM jobs ";

std::string select(std::string_view rest) {
    return std::string(columns).append(rest);
}

std::string error_to_json(const Error& error) {
    auto value = json::Value::object();
    value["code"] = to_string(error.code);
    value["message"] = error.message;
    value["where"] = error.where;
    value["advice"] = error.advice;
    return json::write(value);
}

ErrorCode code_of(std::string_view word) {
    for (int i = 0; i < static_cast<int>(ErrorCode::internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        if (to_string(code) == word) return code;
    }
    return ErrorCode::internal;
}

Result<Error> error_of_json(std::string_view text) {
    const auto value = TRY(json::parse(text));
    const auto field = [&](std::string_view name) {
        const auto* found = value.find(name);
        const auto* content = found == nullptr ? nullptr : found->as_string();
        return content == nullptr ? std::string() : *content;
    };
    return Error{code_of(field("code")), field("message"), field("where"), field("advice")};
}

Result<std::optional<Timestamp>> moment_of(const store::Statement& row, int column) {
    if (row.is_null(column)) return std::optional<Timestamp>();
    return TRY(parse_timestamp(row.view(column)));
}

std::optional<std::string> text_of(const std::optional<Timestamp>& moment) {
    if (!moment) return std::nullopt;
    return to_string(*moment);
}

Result<Job> job_of_row(const store::Statement& row) {
    Job job;
    job.id = JobId(row.text(0));
    job.kind = row.text(1);
    job.payload = row.text(2);
    job.owner = row.text(3);
    job.state = json::enum_value<JobState>(row.view(4)).value_or(JobState::failed);
    job.progress = row.text(5);
    job.result = row.text(6);
    if (!row.is_null(7)) job.error = TRY(error_of_json(row.view(7)));
    job.attempts = static_cast<int>(row.integer(8));
    job.created = TRY(parse_timestamp(row.view(9)));
    job.started = TRY(moment_of(row, 10));
    job.finished = TRY(moment_of(row, 11));
    return job;
}

// How a job goes on whose process has died.
void decide_after_interruption(Job& job, bool cancelled, std::int64_t interruptions, int allowed,
                               Timestamp moment) {
    if (cancelled) {
        job.state = JobState::cancelled;
        job.finished = moment;
    } else if (interruptions > allowed) {
        job.state = JobState::failed;
        job.finished = moment;
        job.error = Error{ErrorCode::internal, "Programmet avslutades gång på gång under arbetet.", "",
                          "Se loggen, och starta arbetet igen när felet är rättat."};
    } else {
        job.state = JobState::waiting;
        job.attempts = std::max(0, job.attempts - 1);
    }
}

}  // namespace

std::span<const store::TableNote> table_notes() {
    return job_tables;
}

std::span<const store::Migration> migrations() {
    return steps;
}

Result<Job> load(store::Connection& connection, const JobId& id) {
    auto& rows = TRY(connection.prepare(select("WHERE id = ?1"))).get();
    if (!TRY(rows.bind(id.str()).step())) return fail(ErrorCode::not_found, "Jobbet finns inte.", id.str());
    auto job = TRY(job_of_row(rows));
    TRY(rows.run());
    return job;
}

Result<std::vector<Job>> load_list(store::Connection& connection, const Queue::Filter& filter) {
    std::vector<Job> jobs;
    auto& rows =
        TRY(connection.prepare(select("WHERE (?1 IS NULL OR owner = ?1) AND (?2 IS NULL OR kind = ?2) "
                                      "AND (NOT ?3 OR state IN ('waiting', 'running')) "
                                      "ORDER BY number DESC LIMIT ?4")))
            .get();
    rows.bind(filter.owner, filter.kind, filter.unfinished, std::clamp(filter.limit, 1, 1000));
    while (TRY(rows.step()))
        jobs.push_back(TRY(job_of_row(rows)));
    return jobs;
}

Result<std::vector<Job>> load_ended(store::Connection& connection) {
    std::vector<Job> jobs;
    auto& rows = TRY(connection.prepare(select("WHERE finished IS NOT NULL ORDER BY number"))).get();
    rows.bind();
    while (TRY(rows.step()))
        jobs.push_back(TRY(job_of_row(rows)));
    return jobs;
}

Result<std::map<JobState, std::int64_t>> count_states(store::Connection& connection) {
    std::map<JobState, std::int64_t> counts;
    for (const auto state :
         {JobState::waiting, JobState::running, JobState::done, JobState::failed, JobState::cancelled}) {
        counts[state] = 0;
    }
    auto& rows = TRY(connection.prepare("SELECT state, COUNT(*) FROM jobs GROUP BY state")).get();
    rows.bind();
    while (TRY(rows.step())) {
        if (const auto state = json::enum_value<JobState>(rows.view(0))) counts[*state] = rows.integer(1);
    }
    return counts;
}

Result<void> insert(store::Connection& connection, const Job& job) {
    return connection.execute(
        "INSERT INTO jobs (id, kind, payload, owner, state, created, not_before) VALUES (?1, ?2, ?3, ?4, ?5, "
        "?6, ?6)",
        job.id.str(), job.kind, job.payload, job.owner, json::enum_name(job.state), to_string(job.created));
}

Result<std::optional<Job>> next_ready(store::Connection& connection, Timestamp moment,
                                      const std::function<bool(const std::string&)>& handled) {
    auto& rows =
        TRY(connection.prepare(select("WHERE state = 'waiting' AND not_before <= ?1 ORDER BY number"))).get();
    rows.bind(to_string(moment));
    while (TRY(rows.step())) {
        if (handled(rows.text(1))) return std::optional<Job>(TRY(job_of_row(rows)));
    }
    return std::optional<Job>();
}

Result<void> claim(store::Connection& connection, Job& job, const std::string& holder, Timestamp moment) {
    job.state = JobState::running;
    job.started = moment;
    ++job.attempts;
    return connection.execute(
        "UPDATE jobs SET state = 'running', holder = ?2, started = ?3, attempts = ?4, progressed = 0 WHERE "
        "id = ?1",
        job.id.str(), holder, to_string(moment), job.attempts);
}

Result<void> save_progress(store::Connection& connection, const Job& job, const std::string& holder) {
    return connection.execute(
        "UPDATE jobs SET progress = ?2, progressed = 1 WHERE id = ?1 AND state = 'running' AND holder = ?3",
        job.id.str(), job.progress, holder);
}

Result<void> save_end(store::Connection& connection, const Job& job, Timestamp not_before) {
    std::optional<std::string> error;
    if (job.error) error = error_to_json(*job.error);
    return connection.execute(
        "UPDATE jobs SET state = ?2, progress = ?3, result = ?4, error = ?5, attempts = ?6, finished = ?7, "
        "not_before = ?8, holder = NULL, interruptions = 0 WHERE id = ?1",
        job.id.str(), json::enum_name(job.state), job.progress, job.result, error, job.attempts,
        text_of(job.finished), to_string(not_before));
}

Result<void> request_cancel(store::Connection& connection, const JobId& id) {
    return connection.execute("UPDATE jobs SET cancel_requested = 1 WHERE id = ?1", id.str());
}

Result<bool> cancel_requested(store::Connection& connection, const JobId& id) {
    auto& rows = TRY(connection.prepare("SELECT cancel_requested FROM jobs WHERE id = ?1")).get();
    return TRY(rows.bind(id.str()).step()) && rows.integer(0) != 0;
}

Result<std::vector<std::string>> holders(store::Connection& connection) {
    std::vector<std::string> found;
    auto& rows = TRY(connection.prepare("SELECT DISTINCT holder FROM jobs WHERE state = 'running'")).get();
    while (TRY(rows.step()))
        found.push_back(rows.text(0));
    return found;
}

Result<std::vector<Job>> put_back(store::Connection& connection, const std::string& holder,
                                  int interruptions_allowed, Timestamp moment) {
    std::vector<Job> jobs;
    std::vector<std::int64_t> interruptions;
    auto& rows = TRY(connection.prepare("SELECT id, kind, payload, owner, state, progress, result, error, "
                                        "attempts, created, started, "
                                        "finished, cancel_requested, CASE progressed WHEN 0 THEN "
                                        "interruptions + 1 ELSE 0 END FROM jobs "
                                        "WHERE state = 'running' AND holder = ?1"))
                     .get();
    rows.bind(holder);
    while (TRY(rows.step())) {
        interruptions.push_back(rows.integer(13));
        auto& job = jobs.emplace_back(TRY(job_of_row(rows)));
        decide_after_interruption(job, rows.integer(12) != 0, interruptions.back(), interruptions_allowed,
                                  moment);
    }
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        TRY(save_end(connection, jobs[i], moment));
        TRY(connection.execute("UPDATE jobs SET interruptions = ?2 WHERE id = ?1", jobs[i].id.str(),
                               interruptions[i]));
    }
    return jobs;
}

}  // namespace kansli::jobs::detail
