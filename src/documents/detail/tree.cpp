#include "documents/detail/tree.hpp"

#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace kansli::documents::detail {

namespace {

constexpr std::string_view trail_separator = " › ";
constexpr std::size_t piece_size = 1200;  // bytes
constexpr std::size_t unheaded_limit = 1800;
constexpr std::size_t headed_limit = 4000;
constexpr int piece_rank = 95;
constexpr std::size_t deepest_section = 12;

int page_of(const Line& line) {
    return line.block->places.empty() ? 0 : line.block->places.front().page;
}

// Names the pieces by the pages that they stand on, else by where they begin in the text.
void label_pieces(std::vector<Start>& pieces, const std::vector<Line>& lines, std::size_t first,
                  std::size_t end) {
    std::map<std::string, int> used;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::size_t line = pieces[i].line;
        const std::size_t after = i + 1 < pieces.size() ? pieces[i + 1].line : end;
        const int page = page_of(lines[line]);
        const int last = page_of(lines[after - 1]);
        if (page == 0) {
            pieces[i].label = fmt::format("stycke {}", line - first + 1);
            continue;
        }
        std::string pages =
            last > page ? fmt::format("sida {}–{}", page, last) : fmt::format("sida {}", page);
        const int count = ++used[pages];
        pieces[i].label = count == 1 ? std::move(pages) : fmt::format("{}, del {}", pages, count);
    }
}

// The starts of the pieces of lines [first, end). A headed text keeps its first piece as its own.
std::vector<Start> cut(const std::vector<Line>& lines, std::size_t first, std::size_t end, PathRule rule) {
    const bool headed = rule == PathRule::comma;
    std::size_t total = 0;
    for (std::size_t i = first; i < end; ++i)
        total += lines[i].text.size();
    if (total <= (headed ? headed_limit : unheaded_limit)) return {};
    std::vector<Start> pieces;
    std::size_t size = 0;
    for (std::size_t i = first; i < end; ++i) {
        if (i > first && size < piece_size) {
            size += lines[i].text.size();
            continue;
        }
        size = lines[i].text.size();
        if (i == first && headed) continue;
        pieces.push_back({.line = i, .rank = piece_rank, .rule = rule});
    }
    label_pieces(pieces, lines, first, end);
    return pieces;
}

class TreeBuilder {
  public:
    TreeBuilder(const std::vector<Line>& lines, const Structure& structure, ReadDocument& document)
        : lines_(lines), structure_(structure), document_(document) {}

    void build() {
        join_text();
        add_root();
        for (std::size_t i = 0; i < structure_.starts.size(); ++i)
            add_section(i);
    }

  private:
    void join_text() {
        std::size_t size = 0;
        for (const Line& line : lines_)
            size += line.text.size() + 2;
        document_.text.clear();
        document_.text.reserve(size);
        for (const Line& line : lines_) {
            if (!document_.text.empty()) document_.text += "\n\n";
            const std::size_t start = document_.text.size();
            offsets_.push_back(start);
            document_.text += line.text;
            const std::size_t shift = start + (line.text.size() - line.block->text.size());
            for (extract::Place place : line.block->places) {
                place.start += shift;
                place.end += shift;
                document_.places.push_back(place);
            }
        }
    }

    [[nodiscard]] std::size_t end_of(std::size_t line) const {
        return offsets_[line] + lines_[line].text.size();
    }

    // The line after the last one of start number `i`'s own text.
    [[nodiscard]] std::size_t own_end(std::size_t i) const {
        return i + 1 < structure_.starts.size() ? structure_.starts[i + 1].line : lines_.size();
    }

    void add_root() {
        Section root;
        const std::size_t own = structure_.starts.empty() ? lines_.size() : structure_.starts.front().line;
        if (own > 0) root.end = end_of(own - 1);
        if (structure_.title && *structure_.title < own) {
            root.heading = lines_[*structure_.title].text;
            if (*structure_.title == 0) root.body = own > 1 ? offsets_[1] : root.end;
        }
        if (root.body < root.end && !structure_.starts.empty()) root.path = "Ingress";
        used_.insert(root.path);
        document_.sections.push_back(std::move(root));
        stack_.push_back({.section = 0, .rank = 0, .line = 0, .anchors = false});
    }

    void add_section(std::size_t i) {
        const Start& start = structure_.starts[i];
        pop_to(start);
        const Section& parent = document_.sections[stack_.back().section];
        Section section;
        section.ordinal = static_cast<int>(document_.sections.size());
        section.parent = parent.ordinal;
        section.level = parent.level + 1;
        section.role = start.role;
        section.path = path_of(start, parent);
        section.trail = parent.trail;
        place(section, start, own_end(i));
        if (!section.heading.empty()) section.trail.push_back(section.heading);
        stack_.push_back({.section = document_.sections.size(),
                          .rank = start.rank,
                          .line = start.line,
                          .anchors = start.anchors});
        document_.sections.push_back(std::move(section));
    }

    void pop_to(const Start& start) {
        while (stack_.size() > 1) {
            const Open& top = stack_.back();
            const bool empty_sibling = start.nests && top.rank == start.rank && top.line + 1 == start.line &&
                                       stack_.size() < deepest_section;
            if (top.rank < start.rank || empty_sibling) break;
            stack_.pop_back();
        }
    }

    void place(Section& section, const Start& start, std::size_t own) const {
        const std::string_view line = lines_[start.line].text;
        section.start = offsets_[start.line];
        section.end = end_of(own - 1);
        section.body = section.start;
        if (start.heading_size == 0) return;
        std::string_view heading = line.substr(0, start.heading_size);
        while (heading.ends_with(' '))
            heading.remove_suffix(1);
        section.heading = heading;
        if (start.heading_size < line.size()) {
            const bool cell = line.substr(start.heading_size).starts_with(" | ");
            section.body = section.start + start.heading_size + (cell ? 3 : 0);
        } else {
            section.body = own > start.line + 1 ? offsets_[start.line + 1] : section.end;
        }
    }

    [[nodiscard]] std::string path_of(const Start& start, const Section& parent) {
        const std::string_view around =
            parent.ordinal == 0 ? std::string_view{} : std::string_view(parent.path);
        std::string path = start.label;
        if (start.rule == PathRule::joined)
            return joined_path(start.label);  // two wordings of one section share it
        if (start.rule == PathRule::under && !around.empty())
            path = fmt::format("{}{}{}", around, trail_separator, start.label);
        if (start.rule == PathRule::comma && !around.empty())
            path = fmt::format("{}, {}", around, start.label);
        if (start.anchors) return path;
        return unique(std::move(path), start, around);
    }

    [[nodiscard]] std::string joined_path(const std::string& label) const {
        for (auto open = stack_.rbegin(); open != stack_.rend(); ++open) {
            if (!open->anchors) continue;
            const std::string& anchor = document_.sections[open->section].path;
            return fmt::format("{}{}{}", anchor, anchor.ends_with('.') ? " " : ", ", label);
        }
        return label;
    }

    // A second "2.3 Avgifter" is told from the first by what stands around it, or else by its number in order.
    std::string unique(std::string path, const Start& start, std::string_view around) {
        if (used_.insert(path).second) return path;
        if (start.rule == PathRule::absolute && !around.empty()) {
            std::string longer = fmt::format("{}{}{}", around, trail_separator, path);
            if (used_.insert(longer).second) return longer;
        }
        int& count = repeats_.try_emplace(path, 1).first->second;
        std::string numbered;
        do {
            numbered = fmt::format("{} ({})", path, ++count);
        } while (!used_.insert(numbered).second);
        return numbered;
    }

    struct Open {
        std::size_t section = 0;
        int rank = 0;
        std::size_t line = 0;
        bool anchors = false;
    };
    const std::vector<Line>& lines_;
    const Structure& structure_;
    ReadDocument& document_;
    std::vector<std::size_t> offsets_{};
    std::vector<Open> stack_{};
    std::set<std::string> used_{};
    std::map<std::string, int> repeats_{};
};

}  // namespace

void cut_long_texts(const std::vector<Line>& lines, Structure& structure) {
    std::vector<Start> starts;
    const std::size_t preamble = structure.starts.empty() ? lines.size() : structure.starts.front().line;
    const std::size_t first = structure.title && *structure.title < preamble ? *structure.title + 1 : 0;
    for (Start& piece : cut(lines, first, preamble, PathRule::absolute))
        starts.push_back(std::move(piece));
    for (std::size_t i = 0; i < structure.starts.size(); ++i) {
        Start& start = structure.starts[i];
        const std::size_t end = i + 1 < structure.starts.size() ? structure.starts[i + 1].line : lines.size();
        // A section of a statute is pointed at as a whole, however long.
        const bool whole = start.rule == PathRule::joined || start.role == SectionRole::contents;
        std::vector<Start> pieces;
        if (!whole) pieces = cut(lines, start.line + 1, end, PathRule::comma);
        starts.push_back(std::move(start));
        for (Start& piece : pieces)
            starts.push_back(std::move(piece));
    }
    structure.starts = std::move(starts);
}

void build_tree(const std::vector<Line>& lines, const Structure& structure, ReadDocument& document) {
    TreeBuilder(lines, structure, document).build();
}

}  // namespace kansli::documents::detail
