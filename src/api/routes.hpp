#pragma once

#include "api/route_table.hpp"
#include "api/services.hpp"

namespace kansli::api {

// One function a page of the interface; together they are all that the server can do.
void add_session_routes(RouteTable& table);
void add_ask_routes(RouteTable& table);
void add_search_routes(RouteTable& table);
void add_collection_routes(RouteTable& table);
void add_document_routes(RouteTable& table);
void add_version_routes(RouteTable& table);
void add_import_routes(RouteTable& table);
void add_record_routes(RouteTable& table);
void add_account_routes(RouteTable& table);
void add_desk_routes(RouteTable& table);
void add_review_routes(RouteTable& table);
void add_delivery_routes(RouteTable& table);
void add_desk_settings_routes(RouteTable& table);
void add_measures_routes(RouteTable& table);
void add_measures_settings_routes(RouteTable& table);
void add_glossary_routes(RouteTable& table);
void add_people_routes(RouteTable& table);
void add_organisation_routes(RouteTable& table);
void add_key_routes(RouteTable& table);
void add_source_routes(RouteTable& table);
void add_status_routes(RouteTable& table);
void add_operation_routes(RouteTable& table);
void add_retention_routes(RouteTable& table);
void add_release_routes(RouteTable& table);
void add_openid_routes(RouteTable& table);
void add_scim_routes(RouteTable& table);
void add_subject_routes(RouteTable& table);

// The figures that the handlers count and that GET /metrics tells. Once, before the server starts.
void declare_metrics(Metrics& metrics);

// Every route of the server.
[[nodiscard]] RouteTable all_routes();

}  // namespace kansli::api
