#include <cstdint>
#include <memory>
#include <string_view>

#include <unicode/coll.h>
#include <unicode/errorcode.h>
#include <unicode/locid.h>
#include <unicode/stringpiece.h>

#include "core/check.hpp"
#include "text/language.hpp"

namespace kansli::text {

namespace {

std::unique_ptr<const icu::Collator> make_collator() {
    icu::ErrorCode status;
    std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(icu::Locale("sv", "SE"), status));
    CHECK_INVARIANT(status.isSuccess() && collator != nullptr);
    collator->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, status);
    CHECK_INVARIANT(status.isSuccess());
    return collator;
}

}  // namespace

int compare_swedish(std::string_view a, std::string_view b) {
    // Never changed after it is made, and comparing is const: shared by all threads.
    static const std::unique_ptr<const icu::Collator> collator = make_collator();
    icu::ErrorCode status;
    const auto order =
        collator->compareUTF8(icu::StringPiece(a.data(), static_cast<std::int32_t>(a.size())),
                              icu::StringPiece(b.data(), static_cast<std::int32_t>(b.size())), status);
    CHECK_INVARIANT(status.isSuccess());
    return order == UCOL_LESS ? -1 : order == UCOL_GREATER ? 1 : 0;
}

}  // namespace kansli::text
