#pragma once

#include <cstdint>
#include <string>

#include "core/id.hpp"
#include "core/time.hpp"
#include "desk/kind.hpp"
#include "json/describe.hpp"

namespace kansli::desk {

using DeliveryId = Id<struct DeliveryTag>;

enum class DeliveryState : std::uint8_t {
    ordered,  // a mail that waits to be sent
    done,
    failed,
};
KANSLI_DESCRIBE_ENUM(DeliveryState, ordered, done, failed)

// An approved decision on its way out of the house. Only `Desk::deliver` makes one, and it takes a Decision.
struct Delivery {
    DeliveryId id{};
    Way way = Way::by_hand;
    std::string target{};  // the mail address; empty for other ways
    std::string name{};    // who had it delivered
    Timestamp moment{};
    DeliveryState state = DeliveryState::done;
    std::string problem{};  // why a mail could not be sent
};

}  // namespace kansli::desk
