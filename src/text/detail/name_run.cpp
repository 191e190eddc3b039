#include "text/detail/name_run.hpp"

#include <cstddef>

#include "text/detail/names.hpp"
#include "text/detail/personal_finders.hpp"
#include "text/language.hpp"

namespace kansli::text::detail {

namespace {

// Whether the next word goes on with the name: a blank, a hyphen, a full stop after an initial, a nickname's quotes.
bool joins_next(const Reading& reading, std::size_t at) {
    if (!reading.has(at + 1)) return false;
    const auto between = reading.after(at);
    if (Reading::is_space(between) || between == "-" || between == "  ") return true;
    if (between == ". " || between == ".") return reading.word(at).is_initial();
    return (between == " \"" || between == "\" " || between == " ”" || between == "” ") &&
           !reading.word(at).is(role::not_name);
}

// A small word of nobility between parts: "von", "de la".
std::size_t particles_at(const Reading& reading, std::size_t at) {
    std::size_t count = 0;
    while (reading.has(at + count) && reading.word(at + count).is(role::particle) &&
           !reading.word(at + count).is_capital() && Reading::is_space(reading.after(at + count)))
        ++count;
    return count;
}

}  // namespace

Part part_of(const Reading& reading, std::size_t at) {
    const auto& word = reading.word(at);
    if (!word.is_capital()) return Part::none;
    if (word.is(role::title | role::form_of_address | role::business) && !word.is(role::any_given))
        return Part::none;
    if (word.is_initial()) return Part::initial;
    if (word.is(role::given)) return Part::given;
    if (word.is(role::surname)) return Part::surname;
    if (word.is(role::common_given)) return Part::maybe_given;
    if (word.is(role::common_surname)) return Part::maybe_surname;
    if (word.is(role::not_name | role::place | role::direction | role::unit)) return Part::none;
    const auto folded = fold(reading.written(at));
    if (has_patronymic_ending(folded)) return Part::surname;
    if (word.shape == Shape::capitals) return has_surname_ending(folded) ? Part::surname_form : Part::none;
    if (ends_as_title(folded)) return Part::none;
    if (has_surname_ending(folded)) return Part::surname_form;
    return is_common_form(folded) ? Part::none : Part::unknown;
}

NameRun name_run_at(const Reading& reading, std::size_t at) {
    NameRun run{.first = at, .last = at};
    auto next = at;
    while (run.size < most_parts && reading.has(next)) {
        const auto part = part_of(reading, next);
        if (part == Part::none) break;
        run.hyphen_before[run.size] = run.size > 0 && reading.before(next) == "-";
        run.parts[run.size++] = part;
        run.last = next;
        if (!joins_next(reading, next)) break;
        ++next;
        const auto particles = run.size < most_parts ? particles_at(reading, next) : 0;
        if (particles > 0 && reading.has(next + particles) &&
            part_of(reading, next + particles) != Part::none)
            next += particles;
    }
    run.end = run.size > 0 ? reading.word(run.last).end : 0;
    return run;
}

void shorten(const Reading& reading, NameRun& run, std::size_t parts) {
    while (run.size > parts) {
        --run.size;
        do {
            --run.last;
        } while (run.last > run.first && reading.word(run.last).is(role::particle) &&
                 !reading.word(run.last).is_capital());
    }
    run.end = reading.word(run.last).end;
}

Part head_of(const NameRun& run) {
    auto head = run.part(0);
    for (std::size_t at = 1; at < run.size && run.hyphen_before[at]; ++at) {
        const auto part = run.parts[at];
        if (is_given(part) && head != Part::given)
            head = is_given(head) || part == Part::given ? Part::given : part;
        if (is_surname(part) && (head == Part::unknown || is_surname(head))) head = Part::surname;
    }
    return head;
}

Part next_of(const NameRun& run) {
    std::size_t at = 1;
    while (at < run.size && run.hyphen_before[at])
        ++at;
    return run.part(at);
}

}  // namespace kansli::text::detail
