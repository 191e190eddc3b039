#include "extract/detail/csv.hpp"

#include <algorithm>
#include <array>

#include "extract/detail/readers.hpp"
#include "extract/detail/table.hpp"
#include "extract/detail/unicode.hpp"
#include "text/language.hpp"

namespace kansli::extract::detail {

namespace {

constexpr std::size_t most_cells = 2000;

// Adds what is inside quotes, from after the opening one; returns where the closing one has passed.
std::size_t take_quoted(std::string_view text, std::size_t at, std::string& cell) {
    while (at < text.size()) {
        const auto quote = std::min(text.find('"', at), text.size());
        cell.append(text.substr(at, quote - at));
        if (quote + 1 >= text.size() || text[quote + 1] != '"') return std::min(quote + 1, text.size());
        cell.push_back('"');
        at = quote + 2;
    }
    return text.size();
}

}  // namespace

char guess_delimiter(std::string_view text) {
    constexpr std::array<char, 4> candidates = {';', '\t', ',', '|'};
    char best = ';';
    std::size_t best_score = 0;
    for (const char candidate : candidates) {
        std::string_view rest = text.substr(0, 20'000);
        std::array<std::size_t, 64> times{};  // how many of the first records have this many cells
        for (int i = 0; i < 20 && !rest.empty(); ++i) {
            const auto cells = take_record(rest, candidate).size();
            ++times.at(std::min<std::size_t>(cells, times.size() - 1));
        }
        for (std::size_t cells = 2; cells < times.size(); ++cells) {
            const auto score = times.at(cells) * times.at(cells) * std::min<std::size_t>(cells, 6);
            if (score > best_score) {
                best_score = score;
                best = candidate;
            }
        }
    }
    return best;
}

std::vector<std::string> take_record(std::string_view& text, char delimiter) {
    const std::array<char, 3> ends = {delimiter, '\r', '\n'};
    const std::string_view stops(ends.data(), ends.size());
    std::vector<std::string> cells(1);
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '"' && cells.back().find_first_not_of(' ') == std::string::npos) {
            cells.back().clear();
            at = take_quoted(text, at + 1, cells.back());
        }
        const auto end = std::min(text.find_first_of(stops, at), text.size());
        cells.back().append(text.substr(at, end - at));
        at = end;
        if (at >= text.size()) break;
        if (text[at] != delimiter) {
            at += text.substr(at).starts_with("\r\n") ? 2 : 1;
            break;
        }
        ++at;
        if (cells.size() < most_cells) cells.emplace_back();
    }
    text.remove_prefix(at);
    return cells;
}

Result<Extract> read_csv(std::string_view bytes, const Limits& limits) {
    Writer writer("csv", limits);
    const auto decoded = text::decode(bytes);
    std::string_view rest = decoded.text;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    char delimiter = guess_delimiter(rest);
    if (rest.starts_with("sep=") && rest.size() > 4) {  // Excel's own hint
        delimiter = rest[4];
        (void)take_record(rest, '\n');
    }
    SheetTable table(writer, {});
    for (int row = 1; !rest.empty() && !writer.full(); ++row)
        table.row(row, take_record(rest, delimiter));
    table.finish();
    return std::move(writer).finish();
}

}  // namespace kansli::extract::detail
