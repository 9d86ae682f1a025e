namespace Sat.Records;

/// <summary>Recognises that a library which some code needs is not where the code is.</summary>
public static class MissingLibrary
{
    /// <summary>The library that an error is about, be it .NET's or native; null where it is another error.</summary>
    public static string? NameIn(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                // A library's display name, "X, Version=1.0.0.0, ..."; other files have none.
                case FileNotFoundException { FileName: { } file } when file.Contains(", Version=", StringComparison.Ordinal):
                    return file.Split(',')[0];
                case DllNotFoundException when e.Message.Split('\'') is [_, { Length: > 0 } name, ..]:
                    return name;
            }
        }
        return null;
    }
}
