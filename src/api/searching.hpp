#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>

#include "api/problem.hpp"
#include "core/result.hpp"
#include "http/message.hpp"
#include "json/binder.hpp"
#include "json/describe.hpp"

// A search through all that is kept takes seconds where there is much. As an event stream it tells how far it has come.
namespace kansli::api {

struct SearchProgress {
    std::int64_t done = 0;
    std::int64_t all = 0;
};
KANSLI_DESCRIBE(SearchProgress, done, all)

using TellProgress = std::function<void(std::int64_t done, std::int64_t all)>;
template <typename Found>
using ProgressingSearch = std::function<Result<Found>(const TellProgress&, const std::stop_token&)>;

// "progress" at most once for each hundredth, then "done" with what was found, or "problem". A client that goes away stops the search.
template <typename Found>
http::Response as_events(ProgressingSearch<Found> search, std::string request_id) {
    return http::Response::events([search = std::move(search), id = std::move(request_id)](
                                      http::EventSink& sink, const std::stop_token& stop) {
        std::int64_t told = -1;
        const auto tell = [&](std::int64_t done, std::int64_t all) {
            const std::int64_t percent = all > 0 ? done * 100 / all : 0;
            if (percent == told) return;
            told = percent;
            sink.send({"progress", json::write(SearchProgress{done, all}), ""});
        };
        const auto found = search(tell, stop);
        if (found) {
            sink.send({"done", json::write(*found), ""});
        } else {
            sink.send({"problem", std::get<std::string>(problem(found.error(), id).body), ""});
        }
    });
}

}  // namespace kansli::api
