#include "record/verification.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "record/detail/chain.hpp"
#include "record/detail/checkpoint_list.hpp"
#include "record/detail/rows.hpp"
#include "record/record.hpp"

namespace kansli::record {

namespace {

using detail::Break;
using detail::Row;

constexpr std::int64_t rows_between_progress = 1 << 17;

// A number as the subject of an entry is written, 0 when it is none.
std::int64_t number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = status == std::errc() && end == text.data() + text.size();
    return whole && std::to_string(number) == text ? number : 0;
}

// Which contents have been removed, as the entries about removals say. They are looked up before the walk, since they stand
// after what they tell of, and each is compared with what the walk sees.
class Removals {
  public:
    [[nodiscard]] static Result<Removals> load(store::Connection& connection) {
        Removals removals;
        auto& rows =
            TRY(connection.prepare("SELECT number, subject FROM record WHERE kind = ?1 ORDER BY number"))
                .get();
        rows.bind(content_removed_kind);
        while (TRY(rows.step()))
            removals.told_.push_back({number_of(rows.view(1)), rows.integer(0)});
        std::ranges::stable_sort(removals.told_, {}, &Removal::number);
        return removals;
    }

    // Why the content of this row should not be as it is: there, or gone.
    [[nodiscard]] std::optional<std::string> next(const Row& row) {
        if (row.kind == content_removed_kind) {
            if (auto reason = wrong_removal(row)) return reason;
            ++seen_;
        }
        while (next_ < told_.size() && told_[next_].number < row.number)
            ++next_;
        const bool told =
            next_ < told_.size() && told_[next_].number == row.number && told_[next_].by > row.number;
        if (row.content_removed() && !told)
            return "innehållet saknas, och ingen anteckning säger att det har tagits bort.";
        if (told && !row.content_removed()) {
            return fmt::format("innehållet finns kvar, fast anteckning {} säger att det har tagits bort.",
                               told_[next_].by);
        }
        return std::nullopt;
    }

    // A removal that the walk did not see was never written by us.
    [[nodiscard]] std::optional<Break> end() const {
        if (seen_ == told_.size()) return std::nullopt;
        return Break{std::max<std::int64_t>(told_.front().number, 1),
                     "databasens index över borttagna innehåll stämmer inte med anteckningarna."};
    }

  private:
    struct Removal {
        std::int64_t number = 0;  // whose content is gone
        std::int64_t by = 0;      // the entry that tells it
    };

    [[nodiscard]] std::optional<std::string> wrong_removal(const Row& row) const {
        const auto number = number_of(row.subject);
        const auto told = std::ranges::lower_bound(told_, number, {}, &Removal::number);
        const bool first_to_tell = told != told_.end() && told->number == number && told->by == row.number;
        if (first_to_tell && number > 0 && number < row.number && !row.content_removed()) return std::nullopt;
        return "anteckningen säger att ett innehåll har tagits bort som inte kan ha gjort det.";
    }

    std::vector<Removal> told_;  // by number
    std::size_t next_ = 0;
    std::size_t seen_ = 0;
};

// What stands beside the entries.
struct Surroundings {
    bool has_formats = false;
    std::int64_t all = 0;
    std::optional<detail::Head> head{};
    std::vector<Checkpoint> checkpoints{};
    std::optional<Break> broken{};  // among the checkpoints themselves
};

Result<std::optional<std::string>> load_checkpoint_head(store::Connection& connection) {
    auto& row = TRY(connection.prepare("SELECT number, hash FROM record_checkpoint_head")).get();
    if (!TRY(row.step())) return std::string();
    return fmt::format("{} {}", row.integer(0), row.view(1));
}

Result<Surroundings> look_around(store::Connection& connection, const VerifyOptions& options) {
    if (!TRY(detail::has_table(connection, "record"))) {
        return fail(ErrorCode::not_found, "I databasen finns inget protokoll.");
    }
    Surroundings found{.has_formats = TRY(detail::has_formats(connection))};
    if (auto head = detail::load_head(connection)) found.head = *std::move(head);
    if (found.head) found.all = found.head->number;
    if (TRY(detail::has_table(connection, "record_checkpoint"))) {
        found.checkpoints = TRY(detail::load_checkpoints(connection, INT64_MIN));
        found.broken =
            detail::broken_list(found.checkpoints, options.keys, TRY(load_checkpoint_head(connection)));
    }
    if (options.checkpoint_file) {
        found.broken = detail::earliest(std::move(found.broken),
                                        detail::broken_file(*options.checkpoint_file, found.checkpoints));
    }
    return found;
}

// One walk from the first entry to the last, or to the first that does not hold.
class Walk {
  public:
    Walk(const Surroundings& around, Removals removals)
        : around_(around), removals_(std::move(removals)), checkpoints_(around.checkpoints) {}

    [[nodiscard]] std::optional<Break> next(const Row& row) {
        if (auto reason = chain_.next(row)) return Break{chain_.count() + 1, *std::move(reason)};
        if (auto reason = removals_.next(row)) return Break{row.number, *std::move(reason)};
        if (row.content_removed()) ++removed_;
        return checkpoints_.next(row.number, chain_.digest(), chain_.head());
    }

    [[nodiscard]] std::optional<Break> end() const {
        const bool at_head =
            around_.head && around_.head->number == chain_.count() && around_.head->hash == chain_.head();
        if (!at_head) {
            return Break{chain_.count() + 1,
                         "anteckningar sist i protokollet har tagits bort eller lagts till."};
        }
        return detail::earliest(removals_.end(), checkpoints_.end());
    }

    [[nodiscard]] std::int64_t count() const { return chain_.count(); }
    [[nodiscard]] const std::string& head() const { return chain_.head(); }
    [[nodiscard]] std::int64_t removed() const { return removed_; }
    [[nodiscard]] std::size_t checkpoints() const { return checkpoints_.count(); }

  private:
    const Surroundings& around_;
    Removals removals_;
    detail::ChainCheck chain_;
    detail::CheckpointWalk checkpoints_;
    std::int64_t removed_ = 0;
};

Result<std::optional<Break>> walk_through(store::Connection& connection, Walk& walk,
                                          const Surroundings& around, const VerifyOptions& options) {
    const auto columns = around.has_formats ? detail::columns : detail::columns_before_formats;
    auto& rows = TRY(connection.prepare(std::string(columns) + "ORDER BY number")).get();
    while (TRY(rows.step())) {
        if (auto broken = walk.next(detail::row_of(rows))) return broken;
        if (walk.count() % rows_between_progress != 0) continue;
        if (options.stop.stop_requested()) return fail(ErrorCode::cancelled, "Kontrollen avbröts.");
        if (options.progress) options.progress(walk.count(), around.all);
    }
    return walk.end();
}

std::string hash_before(store::Connection& connection, std::int64_t number) {
    auto row = connection.prepare("SELECT hash FROM record WHERE number = ?1");
    if (!row) return {};
    auto& statement = row->get().bind(number - 1);
    const auto found = statement.step();
    return found && *found ? statement.text(0) : std::string(detail::no_previous());
}

Verification summary(store::Connection& connection, const Walk& walk, const Surroundings& around,
                     const std::optional<Break>& broken) {
    Verification result{.entries = walk.count(), .head = walk.head(), .removed = walk.removed()};
    if (broken) {
        result.first_broken = broken->number;
        result.reason = broken->reason;
        // What holds ends before the break, also where the walk came further than a checkpoint that does not hold.
        result.entries = std::min(walk.count(), broken->number - 1);
        if (result.entries < walk.count()) result.head = hash_before(connection, broken->number);
    }
    for (const auto& checkpoint : around.checkpoints) {
        if (checkpoint.number > result.entries || std::cmp_equal(result.checkpoints, walk.checkpoints()))
            break;
        ++result.checkpoints;
        result.last_checkpoint = checkpoint;
        if (std::ranges::find(result.keys, checkpoint.key) == result.keys.end())
            result.keys.push_back(checkpoint.key);
    }
    return result;
}

}  // namespace

Result<Verification> verify(store::Database& database, const VerifyOptions& options) {
    Verification result;
    TRY(database.read([&](store::Connection& connection) -> Result<void> {
        const auto around = TRY(look_around(connection, options));
        Walk walk(around, TRY(Removals::load(connection)));
        auto broken = TRY(walk_through(connection, walk, around, options));
        broken = detail::earliest(std::move(broken), around.broken);
        result = summary(connection, walk, around, broken);
        return {};
    }));
    return result;
}

}  // namespace kansli::record
