#include "extract/detail/readers.hpp"
namespace kansli::extract::detail {
Result<Extract> read_pdf(const Source&, const Limits&) {
    return fail(ErrorCode::unsupported, "PDF");
}
}  // namespace kansli::extract::detail
