"""Microsoft's own SDK (PyPI: msads) as a client of the local service: upload, poll, fetch, parse, reports, refresh.

Reads a job as JSON from standard input and prints what it saw as one line of JSON.
Only the hosts and the first waits are changed; everything that goes over the wire is the SDK's.
"""

import csv
import datetime
import io
import json
import os
import shutil
import sys
import tempfile
import zipfile

import bingads.authorization as authorization
from bingads.service_client import ServiceClient
from bingads.util import _PollingBlocker
from bingads.v13.bulk import BulkFileReader, BulkServiceManager, FileUploadParameters, ResultFileType
from openapi_client.models.campaign import (
    ApplyOfflineConversionAdjustmentsRequest,
    ApplyOfflineConversionsRequest,
    GetConversionGoalsByIdsRequest,
    GetOfflineConversionReportByGoalIdsRequest,
    GetOfflineConversionReportsRequest,
    OfflineConversion,
    OfflineConversionAdjustment,
)
from openapi_client.models.customer import GetAccountRequest, GetUserRequest
from openapi_client.exceptions import ApiException
import requests

JOB = json.load(sys.stdin)
ENDPOINT = JOB["endpoint"]
_PollingBlocker.INITIAL_STATUS_CHECK_INTERVAL_IN_MS = 20


def sign_in():
    """Refreshes the token, at the local token endpoint."""
    addresses = authorization._UriOAuthService.AUTH_TOKEN_URI
    for key, address in addresses.items():
        addresses[key] = address.replace("https://login.microsoftonline.com", ENDPOINT)
    grant = authorization.OAuthDesktopMobileAuthCodeGrant(client_id=JOB["clientId"])
    tokens = grant.request_oauth_tokens_by_refresh_token(JOB["refreshToken"])
    data = authorization.AuthorizationData(
        account_id=JOB["account"],
        customer_id=JOB["customer"],
        developer_token=JOB["developerToken"],
        authentication=grant,
    )
    return data, tokens


def upload(data, path, folder):
    """One upload by BulkServiceManager, and its result file as the SDK unpacks it."""
    manager = BulkServiceManager(
        data, poll_interval_in_milliseconds=20, working_directory=folder, location=ENDPOINT
    )
    percents = []
    result = manager.upload_file(
        FileUploadParameters(
            upload_file_path=path,
            compress_upload_file=path.endswith((".csv", ".tsv")) and JOB.get("compress", True),
            response_mode="ErrorsAndResults",
            result_file_directory=folder,
            result_file_name=os.path.basename(path).split(".")[0] + ".result.csv",
            overwrite_result_file=True,
            # Its default renames the user's own file, and calls an archive a .csv.
            rename_upload_file_to_match_request_id=False,
        ),
        progress=lambda info: percents.append(info.percent_complete),
    )
    return result, percents


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        return list(csv.DictReader(file, delimiter="\t" if "\t" in first else ","))


def entities_of(path):
    """The result as the SDK's entities, with the errors of each row."""
    found = []
    with BulkFileReader(path, result_file_type=ResultFileType.upload) as reader:
        for entity in reader:
            conversion = getattr(entity, "offline_conversion", None)
            if conversion is None:
                continue
            found.append(
                {
                    "clientId": entity.client_id,
                    "name": conversion.ConversionName,
                    "time": str(conversion.ConversionTime),
                    "value": conversion.ConversionValue,
                    "email": conversion.HashedEmailAddress,
                    "phone": conversion.HashedPhoneNumber,
                    "errors": [[each.error, each.number] for each in entity.errors],
                }
            )
    return found


def campaign_calls(data):
    client = ServiceClient("CampaignManagementService", 13, data, location=ENDPOINT)
    goals = client.get_conversion_goals_by_ids(
        get_conversion_goals_by_ids_request=GetConversionGoalsByIdsRequest(
            conversion_goal_types="OfflineConversion",
            return_additional_fields="IsEnhancedConversionsEnabled, IsExternallyAttributed",
        )
    )
    start, end = (datetime.datetime.fromisoformat(JOB[name]) for name in ("from", "to"))
    by_goal = client.get_offline_conversion_report_by_goal_ids(
        get_offline_conversion_report_by_goal_ids_request=GetOfflineConversionReportByGoalIdsRequest(
            start_date_utc=start,
            end_date_utc=end,
            goal_ids=[goal.Id for goal in goals.ConversionGoals],
            upload_channel_filter="BulkAPI",
        )
    )
    by_row = client.get_offline_conversion_reports(
        get_offline_conversion_reports_request=GetOfflineConversionReportsRequest(
            start_date_utc=start, end_date_utc=end
        )
    )
    applied = client.apply_offline_conversions(
        apply_offline_conversions_request=ApplyOfflineConversionsRequest(
            offline_conversions=[OfflineConversion.from_dict(item) for item in JOB["apply"]]
        )
    )
    adjusted = client.apply_offline_conversion_adjustments(
        apply_offline_conversion_adjustments_request=ApplyOfflineConversionAdjustmentsRequest(
            offline_conversion_adjustments=[
                OfflineConversionAdjustment.from_dict(item) for item in JOB["adjust"]
            ]
        )
    )
    return {
        "goals": [
            [goal.Id, goal.Name, str(goal.Status.value), goal.IsEnhancedConversionsEnabled]
            for goal in goals.ConversionGoals
        ],
        "byGoal": [
            [
                each.ConversionName,
                each.OverallSuccessCount,
                each.OverallUnattributedCount,
                [[str(day.UploadDate), day.SuccessCount] for day in each.DailySummaries],
                [[str(alert.UnattributedReason.value), alert.Count] for alert in each.OverallAlerts],
            ]
            for each in by_goal.OfflineGoalConversionSummaries
        ],
        "byRow": [
            [str(day.UploadDate), day.SuccessCount, day.FailureCount, report_rows(day.FileUrl)]
            for day in by_row.DailySummaries
        ],
        "applyErrors": [[each.Index, each.Code, each.ErrorCode] for each in applied.PartialErrors],
        "adjustErrors": [[each.Index, each.Code, each.ErrorCode] for each in adjusted.PartialErrors],
    }


def report_rows(address):
    """The SDK has no reader for this file: fetched by the library that it uses itself."""
    answer = requests.get(address, timeout=10)
    answer.raise_for_status()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        text = archive.read(archive.namelist()[0]).decode()
    return [row["Status"] for row in csv.DictReader(io.StringIO(text))]


def customer_calls(data):
    client = ServiceClient("CustomerManagementService", 13, data, location=ENDPOINT)
    user = client.get_user(get_user_request=GetUserRequest())
    account = client.get_account(get_account_request=GetAccountRequest(account_id=JOB["account"]))
    return {
        "user": user.User.UserName,
        "roles": [role.CustomerId for role in user.CustomerRoles],
        "account": [account.Account.Id, account.Account.ParentCustomerId, account.Account.Name],
    }


def refused_calls(data):
    """What the SDK makes of faults: those that the test ordered for these calls."""
    client = ServiceClient("CampaignManagementService", 13, data, location=ENDPOINT)
    seen = []
    for ids in JOB["refusedGoalIds"]:
        try:
            client.get_conversion_goals_by_ids(
                get_conversion_goals_by_ids_request=GetConversionGoalsByIdsRequest(
                    conversion_goal_types="OfflineConversion", conversion_goal_ids=ids
                )
            )
            seen.append(None)
        except ApiException as error:
            # It parses the faults of 400 and 500, and leaves others as text.
            fault = error.data.to_dict() if error.data else json.loads(error.body)
            errors = fault.get("Errors") or fault.get("OperationErrors")
            seen.append([error.status, fault["Type"], [[e["Code"], e["ErrorCode"]] for e in errors]])
    return seen


def main():
    data, tokens = sign_in()
    seen = {"refreshToken": tokens.refresh_token, "uploads": {}}
    with tempfile.TemporaryDirectory() as folder:
        for path in JOB["files"]:
            # A copy, since the SDK leaves an archive of its own beside the file.
            copy = shutil.copy(path, folder)
            result, percents = upload(data, copy, folder)
            rows = rows_of(result)
            seen["uploads"][os.path.basename(path)] = {
                "percents": percents,
                "columns": len(rows[0]),
                "types": [row["Type"] for row in rows],
                "errors": [
                    [row["Client Id"], row["Error"], row["Error Number"]]
                    for row in rows
                    if row["Type"] == "Offline Conversion Error"
                ],
                # The SDK reads 24-hour times only.
                "entities": entities_of(result) if "-sdk" in path else None,
            }
    seen.update(campaign_calls(data))
    seen.update(customer_calls(data))
    seen["refused"] = refused_calls(data)
    print(json.dumps(seen))


main()
