#include "archive/removal_log.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "json/binder.hpp"
#include "record/proof.hpp"
#include "record/record.hpp"

namespace kansli::archive {

namespace {

// What the entry of a run says, as Retention writes it.
struct LoggedRemoval {
    Stock stock = Stock::record;
    std::string id{};
    std::string kind{};
    Timestamp created{};
    RuleId rule{};
    std::optional<std::string> document{};
    std::optional<std::string> hash{};
    std::optional<std::string> file_hash{};
};
KANSLI_DESCRIBE(LoggedRemoval, stock, id, kind, created, rule, document, hash, file_hash)

struct LoggedRun {
    std::string plan{};
    std::vector<RetentionRule> rules{};
    std::vector<LoggedRemoval> removed{};
    std::optional<bool> again{};
};
KANSLI_DESCRIBE(LoggedRun, plan, rules, removed, again)

Result<void> read_run(std::string_view line, std::vector<RemovedBefore>& removed) {
    const json::ReadOptions options{.limits = {.bytes = line.size()}};
    const auto entry = TRY(json::read<record::ProvedEntry>(line, options));
    TRY(record::check_entry(entry));
    if (entry.kind != retention_run_kind || !entry.content)
        return fail(ErrorCode::corrupt, "Raden berättar inte om en gallring.");
    const auto run = TRY(json::read<LoggedRun>(*entry.content, options));
    const auto day = day_in_sweden(TRY(parse_timestamp(entry.moment)));
    for (const auto& thing : run.removed) {
        const auto rule = std::ranges::find(run.rules, thing.rule, &RetentionRule::id);
        if (rule == run.rules.end())
            return fail(ErrorCode::corrupt, "Regeln som det gallrades efter saknas.", thing.rule.str());
        removed.push_back({thing.stock, thing.id, thing.hash.value_or(""), *rule, day});
    }
    return {};
}

}  // namespace

Result<std::string> write_removal_log(store::Connection& connection) {
    std::string log;
    TRY(record::Record::each_entry(connection, [&](const record::Entry& entry) -> Result<void> {
        if (entry.kind != retention_run_kind) return {};
        log += json::write(TRY(record::shown_entry(entry, true))) + "\n";
        return {};
    }));
    return log;
}

Result<std::vector<RemovedBefore>> read_removal_log(std::string_view log) {
    std::vector<RemovedBefore> removed;
    for (int number = 1; !log.empty(); ++number) {
        const auto end = std::min(log.find('\n'), log.size());
        const auto line = log.substr(0, end);
        log.remove_prefix(std::min(end + 1, log.size()));
        if (line.empty()) continue;
        if (const auto run = read_run(line, removed); !run) {
            return fail(ErrorCode::corrupt,
                        fmt::format("Gallringsloggen har ändrats eller skadats på rad {}: {}", number,
                                    run.error().message),
                        {}, "Hämta loggen från en annan plats, eller ta bort raden.");
        }
    }
    return removed;
}

}  // namespace kansli::archive
