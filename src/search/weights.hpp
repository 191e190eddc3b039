#pragma once

#include <cstdint>

namespace kansli::search {

// How much each thing counts. Chosen by measurement on the statutes with their 60 professional questions (k1 from 1.2 to 4, b
// from 0.3 to 0.8, the others halved and doubled; the differences are small). The first group is written into the index,
// the second is applied when searching.
struct Weights {
    // How often a word counts as having occurred, by where it stands.
    std::uint32_t text = 2;
    std::uint32_t heading = 4;  // the section's own heading
    std::uint32_t trail = 2;    // headings around it
    std::uint32_t title = 1;    // the document's title, repeated in all its sections
    std::uint32_t part = 1;     // a word that stands there only as a part of a compound

    // BM25 (Robertson and Zaragoza 2009): k1 is how soon more occurrences stop mattering, in the units above; b how much long
    // sections are held back. Sections of statutes are short and even, so b lies below the usual 0.75.
    double k1 = 1.4;
    double b = 0.4;
    double shortest = 0.3;  // sections below this share of the average length count as that long

    double compound = 0.3;           // the parts of a compound that was asked for, beside the compound itself
    double synonym = 0.8;            // other words for one that was asked for, beside how close they are
    double synonym_of_search = 0.2;  // the same for whoever looks for words rather than asks …
    double least_closeness_of_search = 0.75;  // … and how close they must be
    double phrase_word = 0.6;                 // each word of a phrase that it may be called
    double light = 0.1;                       // words of asking among others in a search: "hur", "får man"
    double respelled = 0.8;                   // what a misspelt word of a question is read as; 0: it is not
    double joined_words =
        0.4;                // the compound of two words of a question, beside them; 0: it is not looked for
    double coverage = 0.2;  // extra for sections that hold all words

    // Of a question as a whole, in shares of what its words give the best section.
    double meaning = 1.8;         // a section that means the same
    double known_question = 1.2;  // a paragraph that answers a known question that means the same
    double least_nearness = 0.2;  // cosine below which a section is not looked at

    double place = 3.0;  // "9 kap. 4 §", "2010:900" and "PBL" typed as such
};

}  // namespace kansli::search
