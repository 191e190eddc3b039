#include "text/personal_data.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "text/detail/personal_finders.hpp"
#include "text/detail/personal_words.hpp"

// One pass over the words. At each, the finders for what begins with a digit or with a letter are asked in turn; the first that finds
// something has it, and the pass goes on after it. So spans come in order and never overlap.
namespace kansli::text {

namespace {

using detail::Finding;
using detail::Found;
using detail::Reading;
using detail::Shape;

Finding find_at_number(const Reading& reading, std::size_t at) {
    for (const auto find :
         {detail::find_network_address, detail::find_identity_number, detail::find_referenced_case,
          detail::find_bank_account, detail::find_phone, detail::find_postal_town}) {
        if (auto found = find(reading, at)) return found;
    }
    return std::nullopt;
}

// Most words are small and have a blank after them: what they cannot be is not asked.
Finding find_at_letter(const Reading& reading, std::size_t at, const Found* previous) {
    const auto& word = reading.word(at);
    if (word.shape == Shape::mixed) {
        if (auto trader = detail::find_sole_trader(reading, at)) return trader;
        if (auto iban = detail::find_iban(reading, at)) return iban;
    }
    if (reading.mark_after(at) == ':') {
        if (auto network = detail::find_network_address(reading, at)) return network;
    }
    if (word.size() == 3 || word.size() == 6) {
        if (auto plate = detail::find_licence_plate(reading, at)) return plate;
    }
    if (word.shape != Shape::lower) {
        if (auto number = detail::find_case_number(reading, at)) return number;
        if (auto property = detail::find_property(reading, at, previous)) return property;
    }
    if (word.size() <= 2) {
        if (auto town = detail::find_postal_town(reading, at)) return town;
    }
    if (auto address = detail::find_address(reading, at)) return address;
    return detail::find_name(reading, at);
}

bool begins_with_digit(const Reading& reading, std::size_t at) {
    const char first = reading.written(at).front();
    return first >= '0' && first <= '9';
}

// Puts what the words give between the e-mail addresses, which have been found by their sign.
class Collector {
  public:
    Collector(const Reading& reading, std::vector<Found> emails)
        : reading_(reading), emails_(std::move(emails)) {}

    std::vector<PersonalDataSpan> run() {
        for (std::size_t at = 0; at < reading_.size();) {
            if (reading_.word(at).start < end_) {
                ++at;
                continue;
            }
            if (next_email_ < emails_.size() && emails_[next_email_].start <= reading_.word(at).start) {
                take(std::move(emails_[next_email_++]));
                continue;
            }
            if (auto found = find(at); found && found->start >= end_ && !reaches_email(*found))
                take(std::move(*found));
            ++at;
        }
        return std::move(spans_);
    }

  private:
    [[nodiscard]] Finding find(std::size_t at) const {
        const auto* previous = previous_ ? &*previous_ : nullptr;
        return begins_with_digit(reading_, at) ? find_at_number(reading_, at)
                                               : find_at_letter(reading_, at, previous);
    }

    [[nodiscard]] bool reaches_email(const Found& found) const {
        return next_email_ < emails_.size() && found.end > emails_[next_email_].start;
    }

    void take(Found found) {
        end_ = found.end;
        spans_.push_back({found.start, found.end, found.kind, found.canonical});
        previous_ = std::move(found);
    }

    const Reading& reading_;
    std::vector<Found> emails_;
    std::size_t next_email_ = 0;
    std::size_t end_ = 0;
    std::optional<Found> previous_{};
    std::vector<PersonalDataSpan> spans_{};
};

// No finder looks over a blank line, so that a long text can be read in blocks whose words stay in the cache.
std::size_t end_of_block(std::string_view text, std::size_t start) {
    constexpr std::size_t block_size = std::size_t{16} << 10U;
    const auto blank_line = text.find("\n\n", start + std::min(block_size, text.size() - start));
    return blank_line == std::string_view::npos ? text.size() : blank_line + 2;
}

}  // namespace

std::vector<PersonalDataSpan> personal_data(std::string_view text) {
    std::vector<PersonalDataSpan> spans;
    std::vector<detail::PersonalWord> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto block = text.substr(at, end_of_block(text, at) - at);
        detail::read_personal_words(block, words);
        const Reading reading(block, words);
        for (auto& span : Collector(reading, detail::find_emails(block)).run())
            spans.push_back({at + span.start, at + span.end, span.kind, std::move(span.canonical)});
        at += block.size();
    }
    return spans;
}

std::string_view swedish_name(PersonalData kind) {
    constexpr std::array<std::string_view, personal_data_kinds> names = {
        "namn",      "personnummer",        "samordningsnummer", "telefon",      "e-post",   "adress",
        "fastighet", "registreringsnummer", "bankkonto",         "ärendenummer", "ip-adress"};
    return names.at(static_cast<std::size_t>(kind));
}

}  // namespace kansli::text
