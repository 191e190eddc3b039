#include "model/word_pieces.hpp"

#include <algorithm>
#include <atomic>
#include <set>
#include <utility>

#include "core/check.hpp"

namespace kansli::model {

namespace {

constexpr std::string_view inside = "##";

using Piece = std::uint32_t;
using Neighbours = std::pair<Piece, Piece>;

std::size_t letter_bytes(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80U ? 1 : byte < 0xE0U ? 2 : byte < 0xF0U ? 3 : 4;
}

// Merges the commonest neighbours, again and again. Counts are kept up to date word by word.
class Merger {
  public:
    explicit Merger(const std::map<std::string, std::uint64_t>& words) {
        for (const auto& [word, count] : words) {
            words_.push_back({{}, static_cast<std::int64_t>(count)});
            for (std::size_t at = 0; at < word.size();) {
                const auto length = std::min(letter_bytes(word[at]), word.size() - at);
                words_.back().pieces.push_back(
                    number_of((at > 0 ? std::string(inside) : "") + word.substr(at, length)));
                at += length;
            }
        }
        for (std::size_t word = 0; word < words_.size(); ++word)
            count_neighbours(word, +1);
        for (const auto& [neighbours, count] : counts_)
            ordered_.emplace(-count, neighbours);
    }

    std::vector<std::string> learn(std::size_t size) {
        while (names_.size() < size && !ordered_.empty() && ordered_.begin()->first < -1) {
            const auto neighbours = ordered_.begin()->second;
            if (auto name = joined(neighbours); name.size() <= WordPieces::longest_name) {
                merge(neighbours, number_of(name));
            } else {
                ordered_.erase(ordered_.begin());
            }
        }
        return std::move(names_);
    }

  private:
    struct Counted {
        std::vector<Piece> pieces{};
        std::int64_t count = 0;
    };

    Piece number_of(const std::string& name) {
        const auto [place, is_new] = numbers_.try_emplace(name, static_cast<Piece>(names_.size()));
        if (is_new) names_.push_back(name);
        return place->second;
    }

    void count_neighbours(std::size_t word, std::int64_t sign) {
        const auto& [pieces, count] = words_[word];
        for (std::size_t at = 0; at + 1 < pieces.size(); ++at) {
            const Neighbours neighbours{pieces[at], pieces[at + 1]};
            auto& counted = counts_[neighbours];
            before_.try_emplace(neighbours, counted);
            counted += sign * count;
            if (sign > 0) holders_[neighbours].insert(word);
        }
    }

    [[nodiscard]] std::string joined(Neighbours neighbours) const {
        const std::string& second = names_[neighbours.second];
        return names_[neighbours.first] + second.substr(second.starts_with(inside) ? inside.size() : 0);
    }

    void merge(Neighbours neighbours, Piece merged) {
        before_.clear();
        for (const auto word : std::exchange(holders_[neighbours], {})) {
            count_neighbours(word, -1);
            replace(words_[word].pieces, neighbours, merged);
            count_neighbours(word, +1);
        }
        for (const auto& [changed, before] : before_) {
            ordered_.erase({-before, changed});
            const auto now = counts_.find(changed);
            if (now->second > 0) {
                ordered_.emplace(-now->second, changed);
            } else {
                counts_.erase(now);
            }
        }
    }

    static void replace(std::vector<Piece>& pieces, Neighbours neighbours, Piece merged) {
        std::vector<Piece> made;
        for (std::size_t at = 0; at < pieces.size(); ++at) {
            const bool both = at + 1 < pieces.size() && pieces[at] == neighbours.first &&
                              pieces[at + 1] == neighbours.second;
            made.push_back(both ? merged : pieces[at]);
            at += both ? 1 : 0;
        }
        pieces = std::move(made);
    }

    std::vector<std::string> names_{};
    std::map<std::string, Piece> numbers_{};
    std::vector<Counted> words_{};
    std::map<Neighbours, std::int64_t> counts_{};
    std::map<Neighbours, std::set<std::size_t>> holders_{};
    std::set<std::pair<std::int64_t, Neighbours>> ordered_{};  // commonest first, then by number
    std::map<Neighbours, std::int64_t> before_{};  // the counts that this merge changed, as they were
};

std::uint64_t next_identity() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

}  // namespace

WordPieces WordPieces::learn(const std::map<std::string, std::uint64_t>& words, std::size_t size) {
    return WordPieces(Merger(words).learn(size));
}

WordPieces::WordPieces(std::vector<std::string> pieces)
    : pieces_(std::move(pieces)), identity_(next_identity()) {
    for (std::size_t at = 0; at < pieces_.size(); ++at) {
        CHECK_INVARIANT(pieces_[at].size() <= longest_name);
        numbers_.emplace(pieces_[at], static_cast<std::uint32_t>(at));
        longest_ = std::max(longest_, pieces_[at].size());
    }
}

void WordPieces::cut(std::string_view word, std::vector<std::uint32_t>& pieces) const {
    std::string key;
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t letter = std::min(letter_bytes(word[at]), word.size() - at);
        std::size_t length = std::min(longest_, word.size() - at);
        for (; length >= letter; --length) {
            key.assign(at > 0 ? inside : "").append(word.substr(at, length));
            const auto found = numbers_.find(key);
            if (found == numbers_.end()) continue;
            pieces.push_back(found->second);
            break;
        }
        at += std::max(length, letter);
    }
}

}  // namespace kansli::model
