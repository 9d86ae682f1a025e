using Sat.Data;
using Sat.Records.Data;

namespace Sat.Tool.Display;

/// <summary>Short texts on data.</summary>
internal static class DataText
{
    public static string Status(DataStatus status) =>
        status switch
        {
            DataStatus.NoFiles => "needs no files",
            DataStatus.OwnFiles => "your own files",
            _ => status.ToString().ToLowerInvariant(),
        };

    public static string Stage(DataStage stage) => stage.ToString().ToLowerInvariant();
}
