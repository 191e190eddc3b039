#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "access/caller.hpp"
#include "access/read_rule.hpp"
#include "documents/document.hpp"

// What a document and its collection together say of who may read it. Pure.
namespace kansli::documents {

// What holds for all that is in a collection.
struct CollectionSettings {
    std::string name{};
    std::string owner{};          // the department of documents that name none
    access::AccessList access{};  // whom it is limited to; empty: every signed-in person
    access::InformationClass information_class = access::InformationClass::open;  // at least
    std::string secrecy{};  // the provision for documents that name none; empty: no secrecy

    friend bool operator==(const CollectionSettings&, const CollectionSettings&) = default;
};

// How many things are read by the same people, which is what the search index keeps together.
enum class Reach : std::uint8_t {
    everyone,    // every signed-in person
    collection,  // all whom its collection lets in
    few,         // it has limits of its own
};

struct Protection {
    access::ReadRule rule{};
    Reach reach = Reach::everyone;
    std::string secrecy{};  // the provision, its own or its collection's
    access::InformationClass information_class = access::InformationClass::open;

    friend auto operator<=>(const Protection&, const Protection&) = default;
};

// The rule is: whom the collection lets in, and of them whom the document lets in. With a secrecy mark a wall stands around
// those whom the document names, or else around its owner's department; a document that names neither is read by nobody. What is secret
// is at least confidential.
[[nodiscard]] Protection protection_of(const Attributes& document, const CollectionSettings& collection);

// A version is never easier to read than its document is now.
[[nodiscard]] Protection stricter(Protection version, const Protection& current);

}  // namespace kansli::documents
