#include "desk/evidence.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "json/binder.hpp"

namespace kansli::desk {

namespace {

// Title, reference, path and page of a quote; what is missing is left out.
std::string place_of(const Quote& quote) {
    std::string place = quote.title;
    for (const auto& part : {quote.reference, quote.path}) {
        if (!part.empty()) place += ", " + part;
    }
    if (quote.page) place += fmt::format(", sida {}", *quote.page);
    return place;
}

// Each place once, in the order in which they are quoted.
std::vector<Quote> sources_of(std::vector<Quote> quotes) {
    std::vector<Quote> sources;
    for (auto& quote : quotes) {
        const bool there = std::ranges::any_of(sources, [&](const Quote& known) {
            return known.version == quote.version && known.start == quote.start && known.end == quote.end;
        });
        if (!there) sources.push_back(std::move(quote));
    }
    return sources;
}

std::string escaped(std::string_view text) {
    std::string html;
    for (const char c : text) {
        switch (c) {
            case '<':
                html += "&lt;";
                break;
            case '>':
                html += "&gt;";
                break;
            case '&':
                html += "&amp;";
                break;
            case '"':
                html += "&quot;";
                break;
            default:
                html += c;
        }
    }
    return html;
}

// Blank lines divide paragraphs; a line end inside one is kept.
std::string paragraphs(std::string_view text) {
    std::string html = "<p>";
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        html += escaped(text.substr(at, end - at));
        if (end == std::string_view::npos) break;
        const auto next = text.find_first_not_of('\n', end);
        if (next == std::string_view::npos) break;
        html += next > end + 1 ? "</p>\n<p>" : "<br>\n";
        at = next;
    }
    return html + "</p>\n";
}

Result<void> check_approved(const Decision& decision, const Proposal& proposal) {
    if (decision.approves() && decision.proposal() == proposal.id) return {};
    return fail(ErrorCode::conflict, "Förslaget är inte godkänt, så det finns inget att lämna ut.");
}

}  // namespace

Result<std::vector<Quote>> quotes_of(const Proposal& proposal) {
    auto quotes = json::read<std::vector<Quote>>(proposal.made.evidence,
                                                 {.unknown = json::ReadOptions::Unknown::ignore});
    if (!quotes) return fail(ErrorCode::corrupt, "Förslagets underlag går inte att läsa.", proposal.id.str());
    return quotes;
}

Result<std::string> as_text(const Decision& decision, const Proposal& proposal) {
    TRY(check_approved(decision, proposal));
    auto text = fmt::format("{}\n\n{}\n", proposal.made.title, decision.text());
    const auto sources = sources_of(TRY(quotes_of(proposal)));
    if (!sources.empty()) text += "\nKällor\n";
    int number = 0;
    for (const auto& source : sources)
        text += fmt::format("{}. {}\n   \"{}\"\n", ++number, place_of(source), source.quote);
    return text;
}

Result<std::string> as_html(const Decision& decision, const Proposal& proposal) {
    TRY(check_approved(decision, proposal));
    const auto title = escaped(proposal.made.title);
    auto html = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"sv\">\n<head><meta "
        "charset=\"utf-8\"><title>{}</title></head>\n<body>\n"
        "<h1>{}</h1>\n{}",
        title, title, paragraphs(decision.text()));
    const auto sources = sources_of(TRY(quotes_of(proposal)));
    if (!sources.empty()) html += "<h2>Källor</h2>\n<ol>\n";
    for (const auto& source : sources) {
        html += fmt::format("<li>{}<blockquote>{}</blockquote></li>\n", escaped(place_of(source)),
                            escaped(source.quote));
    }
    if (!sources.empty()) html += "</ol>\n";
    return html + "</body>\n</html>\n";
}

}  // namespace kansli::desk
