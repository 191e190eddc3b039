#include "api/routes.hpp"

namespace kansli::api {

RouteTable all_routes() {
    RouteTable table;
    add_session_routes(table);
    add_ask_routes(table);
    add_search_routes(table);
    add_collection_routes(table);
    add_document_routes(table);
    add_version_routes(table);
    add_import_routes(table);
    add_source_routes(table);
    add_desk_routes(table);
    add_review_routes(table);
    add_delivery_routes(table);
    add_desk_settings_routes(table);
    add_measures_routes(table);
    add_measures_settings_routes(table);
    add_record_routes(table);
    add_account_routes(table);
    add_glossary_routes(table);
    add_people_routes(table);
    add_organisation_routes(table);
    add_key_routes(table);
    add_status_routes(table);
    add_operation_routes(table);
    add_retention_routes(table);
    add_release_routes(table);
    add_openid_routes(table);
    add_scim_routes(table);
    add_subject_routes(table);
    return table;
}

}  // namespace kansli::api
