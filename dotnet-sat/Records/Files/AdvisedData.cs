namespace Sat.Records.Files;

/// <summary>Errors of a file's content that say what to do about it: who passes one on adds no advice of its own.</summary>
public static class AdvisedData
{
    private const string Mark = "advised";

    /// <summary>Such an error.</summary>
    /// <param name="what">What is wrong.</param>
    /// <param name="advice">What to do.</param>
    public static InvalidDataException Error(string what, string advice) => new($"{what}: {advice}") { Data = { [Mark] = true } };

    /// <summary>True for such an error.</summary>
    public static bool Is(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Data.Contains(Mark);
    }
}
