#include "record/detail/checkpoint_list.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "record/detail/chain.hpp"

namespace kansli::record::detail {

namespace {

std::string about(const Checkpoint& checkpoint, std::string_view what) {
    return fmt::format("kontrollpunkten för anteckningarna {}–{} {}", checkpoint.first, checkpoint.number,
                       what);
}

bool is_among(const std::vector<PublicKey>& keys, const std::string& digits) {
    return std::ranges::any_of(keys, [&](const PublicKey& key) { return key.hex() == digits; });
}

// Why a checkpoint does not come after `before`, the hash of the one that ends at entry `covered`.
std::optional<std::string> wrong(const Checkpoint& checkpoint, std::int64_t covered,
                                 const std::string& before, const std::vector<PublicKey>& keys) {
    if (!is_signed(checkpoint)) return about(checkpoint, "har ändrats: underskriften stämmer inte.");
    if (!keys.empty() && !is_among(keys, checkpoint.key)) {
        return about(checkpoint, "är underskriven med en annan nyckel än den du har angett.");
    }
    if (checkpoint.first != covered + 1 || checkpoint.previous != before) {
        return fmt::format("en kontrollpunkt har tagits bort eller lagts till före den för {}–{}.",
                           checkpoint.first, checkpoint.number);
    }
    return std::nullopt;
}

}  // namespace

std::optional<Break> earliest(std::optional<Break> a, std::optional<Break> b) {
    if (!a || (b && b->number < a->number)) return b;
    return a;
}

std::optional<Break> broken_list(const std::vector<Checkpoint>& checkpoints,
                                 const std::vector<PublicKey>& keys, const std::optional<std::string>& head) {
    std::int64_t covered = 0;
    std::string before(no_previous());
    for (const auto& checkpoint : checkpoints) {
        if (auto reason = wrong(checkpoint, covered, before, keys))
            return Break{covered + 1, *std::move(reason)};
        covered = checkpoint.number;
        before = hash_of(checkpoint);
    }
    if (!head || *head == fmt::format("{} {}", covered, before)) return std::nullopt;
    return Break{covered + 1, "de sista kontrollpunkterna har tagits bort eller lagts till."};
}

std::optional<Break> broken_file(std::string_view text, const std::vector<Checkpoint>& checkpoints) {
    std::int64_t covered = 0;
    for (std::size_t line_number = 1; !text.empty(); ++line_number) {
        const auto told = [&](std::string_view what) {
            return Break{covered + 1,
                         fmt::format("rad {} i filen med kontrollpunkter {}", line_number, what)};
        };
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return told("är inte avslutad.");
        const auto checkpoint = read_line(text.substr(0, end));
        text.remove_prefix(end + 1);
        if (!checkpoint || !is_signed(*checkpoint)) return told("har ändrats.");
        if (line_number > checkpoints.size()) {
            return told("säger att det har funnits fler anteckningar och kontrollpunkter än nu.");
        }
        if (*checkpoint != checkpoints[line_number - 1]) return told("är en annan än protokollets egen.");
        covered = checkpoint->number;
    }
    return std::nullopt;
}

std::optional<Break> CheckpointWalk::next(std::int64_t number, const Digest& digest, std::string_view head) {
    tree_.add(digest);
    if (at_ == checkpoints_.size() || checkpoints_[at_].number != number) return std::nullopt;
    const auto& checkpoint = checkpoints_[at_];
    const auto root = to_hex(tree_.root());
    if (checkpoint.head != head || checkpoint.root != std::string_view(root.data(), root.size())) {
        return Break{uncovered(), about(checkpoint, "intygar andra anteckningar än de som står där nu.")};
    }
    ++at_;
    tree_.clear();
    return std::nullopt;
}

std::optional<Break> CheckpointWalk::end() const {
    if (at_ == checkpoints_.size()) return std::nullopt;
    return Break{uncovered(), about(checkpoints_[at_], "intygar anteckningar som inte finns längre.")};
}

std::int64_t CheckpointWalk::uncovered() const {
    return at_ == 0 ? 1 : checkpoints_[at_ - 1].number + 1;
}

}  // namespace kansli::record::detail
