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

    /// <summary>Bytes from which on work on this machine takes long enough to tell how far it is.</summary>
    private const long Large = 1L << 30;

    /// <summary>How many tenths are done; 0 all along where the whole is not known, or takes but a moment.</summary>
    public static long Tenths(DataProgress progress) => progress.Total is >= Large and var total ? 10 * progress.Bytes / total : 0;

    public static string Stage(DataStage stage) => stage.ToString().ToLowerInvariant();
}
