#include "core/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace kansli::detail {

void check_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "kansli: internal fault: %s does not hold (%s:%d)\n", condition, file, line);
    std::abort();
}

}  // namespace kansli::detail
