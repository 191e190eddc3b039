#include "extract/detail/pdf_layout.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>

#include "extract/detail/tidy.hpp"
#include "extract/detail/unicode.hpp"

namespace kansli::extract::detail {

namespace {

constexpr double widest_space =
    2.2;  // in line heights; justified lines have wide spaces, cells stand further apart
constexpr double widest_lead = 6;  // from a list mark to its text, in line heights
constexpr std::size_t most_runs_to_attach = 1000;

// A forward-only reader of the few tags poppler writes. It never looks back, so its cost is the length of the text.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    // The next tag without its brackets; empty at the end.
    std::string_view next_tag() {
        const auto open = rest_.find('<');
        if (open == std::string_view::npos) return rest_ = {};
        const auto close = rest_.find('>', open);
        if (close == std::string_view::npos) return rest_ = {};
        const auto tag = rest_.substr(open + 1, close - open - 1);
        rest_.remove_prefix(close + 1);
        return tag;
    }

    // What stands between the tag just read and the next one.
    [[nodiscard]] std::string_view content() const { return rest_.substr(0, rest_.find('<')); }

  private:
    std::string_view rest_;
};

std::string_view attribute_of(std::string_view tag, std::string_view name) {
    const auto at = tag.find(name);
    if (at == std::string_view::npos || tag.substr(at + name.size()).substr(0, 2) != "=\"") return {};
    const auto value = tag.substr(at + name.size() + 2);
    return value.substr(0, value.find('"'));
}

double number_of(std::string_view text) {
    double number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    // No sheet of paper is a kilometre wide; a broken file may say so.
    return status == std::errc() && std::abs(number) < 1e6 ? number : 0;
}

Box box_of(std::string_view tag) {
    const Box box{number_of(attribute_of(tag, "xMin")), number_of(attribute_of(tag, "yMin")),
                  number_of(attribute_of(tag, "xMax")), number_of(attribute_of(tag, "yMax"))};
    return {std::min(box.left, box.right), std::min(box.top, box.bottom), std::max(box.left, box.right),
            std::max(box.top, box.bottom)};
}

std::string unescaped(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 5> entities = {
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto amp = std::min(text.find('&'), text.size());
        out.append(text.substr(0, amp));
        text.remove_prefix(amp);
        const auto* found = std::ranges::find_if(
            entities, [&](const auto& entity) { return text.starts_with(entity.first); });
        if (found != entities.end()) {
            out.push_back(found->second);
            text.remove_prefix(found->first.size());
        } else if (!text.empty()) {
            out.push_back('&');
            text.remove_prefix(1);
        }
    }
    return out;
}

// "2.1", "12.", "4 §", "•": what stands by itself before a tab and belongs to the text after it.
bool is_lead(std::string_view text) {
    const auto marker = find_marker(std::string(text) + " x");
    if (marker && marker->text.size() == text.size()) return true;
    if (starts_section(text) && text.ends_with("§")) return true;
    return !text.empty() && text.size() <= 8 && text.find('.') != std::string_view::npos &&
           text.find_first_not_of("0123456789.") == std::string_view::npos;
}

// A run that grows word by word.
struct GrowingRun {
    std::string raw{};
    Box box{};
    std::vector<std::pair<double, double>> widths{};  // height of letters, width of words that have it

    void add(const PlacedWord& word) {
        box = raw.empty() ? word.box : united(box, word.box);
        if (!raw.empty()) raw.push_back(' ');
        raw.append(unescaped(word.raw));
        const double height = height_of(word.box);
        const auto same = std::ranges::find_if(
            widths, [&](const auto& entry) { return std::abs(entry.first - height) < 0.3; });
        if (same != widths.end()) {
            same->second += width_of(word.box);
        } else {
            widths.emplace_back(height, width_of(word.box));
        }
    }

    // A large bullet or a raised note number does not make a line's letters larger.
    [[nodiscard]] double size() const {
        return std::ranges::max_element(widths, {}, [](const auto& entry) { return entry.second; })->first;
    }
};

void finish_run(Page& page, GrowingRun growing, int block) {
    constexpr std::string_view soft_hyphen = "\xC2\xAD";
    auto& raw = growing.raw;
    if (raw.empty()) return;
    if (raw.ends_with(soft_hyphen)) raw.replace(raw.size() - soft_hyphen.size(), soft_hyphen.size(), "-");
    Run run{growing.box, tidy(raw), growing.size(), block};
    if (!run.text.empty()) page.runs.push_back(std::move(run));
}

// Dirt on the paper that was read as a mark. None of these stands by itself in a text.
bool is_speck(std::string_view word) {
    return word.size() == 1 && std::string_view(".,:;'`|_~^").find(word.front()) != std::string_view::npos;
}

// Gives lines of about the usual height that height. A scanned line is as high as its highest letters reach above its lowest, so one
// without "g" or "l" would seem to be set smaller, and another one a heading.
void even_heights(Page& page) {
    constexpr double much_lower = 0.65;
    constexpr double much_higher = 1.4;
    if (page.runs.empty()) return;
    std::vector<double> heights;
    for (const auto& run : page.runs)
        heights.push_back(height_of(run.box));
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::ranges::nth_element(heights, middle);
    for (auto& run : page.runs) {
        const double height = height_of(run.box);
        if (height < much_lower * *middle || height > much_higher * *middle) continue;
        run.box.top -= (*middle - height) / 2;
        run.box.bottom = run.box.top + *middle;
        run.size = *middle;
    }
}

void read_meta(std::string_view tag, PrintedPages& printed) {
    const auto name = to_lower_ascii(attribute_of(tag, "name"));
    const auto value = tidy(unescaped(attribute_of(tag, "content")));
    if (!name.empty() && !value.empty()) printed.properties.emplace(name, value);
}

}  // namespace

void add_runs(Page& page, const std::vector<PlacedWord>& line, int block) {
    GrowingRun growing;
    for (const auto& word : line) {
        const double space = word.box.left - growing.box.right;
        if (!growing.raw.empty() && space > widest_space * height_of(growing.box) &&
            !is_lead(tidy(growing.raw))) {
            finish_run(page, std::move(growing), block);
            growing = {};
        }
        growing.add(word);
    }
    finish_run(page, std::move(growing), block);
}

void attach_leads(Page& page) {
    std::vector<bool> gone(page.runs.size(), false);
    if (page.runs.size() > most_runs_to_attach) return;
    for (std::size_t i = 0; i < page.runs.size(); ++i) {
        const auto& lead = page.runs[i];
        if (!is_lead(lead.text)) continue;
        std::size_t nearest = page.runs.size();
        for (std::size_t j = 0; j < page.runs.size(); ++j) {
            const auto& run = page.runs[j];
            const double space = run.box.left - lead.box.right;
            if (j == i || gone[j] || !share_line(lead.box, run.box) || space < -1 ||
                space > widest_lead * lead.size)
                continue;
            if (nearest == page.runs.size() || run.box.left < page.runs[nearest].box.left) nearest = j;
        }
        if (nearest == page.runs.size() || is_lead(page.runs[nearest].text)) continue;
        auto& run = page.runs[nearest];
        run.text = lead.text + " " + run.text;
        run.box = united(run.box, lead.box);
        gone[i] = true;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < page.runs.size(); ++i) {
        if (gone[i]) continue;
        if (kept != i) page.runs[kept] = std::move(page.runs[i]);
        ++kept;
    }
    page.runs.resize(kept);
}

PrintedPages parse_layout(std::string_view xhtml) {
    PrintedPages printed;
    Scanner scanner(xhtml);
    std::vector<PlacedWord> line;
    int block = 0;
    for (auto tag = scanner.next_tag(); !tag.empty(); tag = scanner.next_tag()) {
        if (tag.starts_with("word ")) {
            line.push_back({box_of(tag), scanner.content()});
        } else if (tag == "/line" && !printed.pages.empty()) {
            add_runs(printed.pages.back(), line, block);
            line.clear();
        } else if (tag.starts_with("block ")) {
            ++block;
        } else if (tag.starts_with("page ")) {
            line.clear();
            printed.pages.push_back({static_cast<int>(printed.pages.size()) + 1,
                                     number_of(attribute_of(tag, "width")),
                                     number_of(attribute_of(tag, "height")),
                                     {}});
        } else if (tag.starts_with("meta ")) {
            read_meta(tag, printed);
        } else if (tag == "title") {
            if (const auto title = tidy(unescaped(scanner.content())); !title.empty())
                printed.properties.emplace("title", title);
        }
    }
    return printed;
}

double parse_tesseract(std::string_view tsv, double points_a_pixel, Page& page) {
    constexpr std::size_t columns = 12;  // level page block par line word left top width height conf text
    std::vector<PlacedWord> line;
    std::int64_t line_key = -1;
    int block = 0;
    double confidence = 0;
    int words = 0;
    for (const auto row : split_lines(tsv)) {
        std::array<std::string_view, columns> cells{};
        std::size_t count = 0;
        for (std::size_t at = 0; count < columns; ++count) {
            const auto end = count + 1 == columns ? row.size() : std::min(row.find('\t', at), row.size());
            cells.at(count) = row.substr(std::min(at, row.size()), end - std::min(at, row.size()));
            if (end >= row.size()) break;
            at = end + 1;
        }
        if (cells[0] != "5" || trim(cells[11]).empty() || is_speck(trim(cells[11]))) continue;
        const int new_block =
            static_cast<int>(number_of(cells[2])) * 100 + static_cast<int>(number_of(cells[3]));
        const auto new_key = std::int64_t{new_block} * 1000 + static_cast<std::int64_t>(number_of(cells[4]));
        if (new_key != line_key) {
            add_runs(page, line, block);
            line.clear();
        }
        line_key = new_key;
        block = new_block;
        const Box box{number_of(cells[6]) * points_a_pixel, number_of(cells[7]) * points_a_pixel,
                      (number_of(cells[6]) + number_of(cells[8])) * points_a_pixel,
                      (number_of(cells[7]) + number_of(cells[9])) * points_a_pixel};
        line.push_back({box, trim(cells[11])});
        confidence += number_of(cells[10]);
        ++words;
    }
    add_runs(page, line, block);
    even_heights(page);
    return words == 0 ? -1 : confidence / words;
}

Box united(const Box& a, const Box& b) {
    return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
            std::max(a.bottom, b.bottom)};
}

bool share_line(const Box& a, const Box& b) {
    const double overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    return overlap > 0.6 * std::min(height_of(a), height_of(b));
}

}  // namespace kansli::extract::detail
