namespace Sat.Tool.Display;

/// <summary>How large the terminal is; of its own, so that help need not load what draws on it.</summary>
internal static class TerminalSize
{
    /// <summary>Columns; 80 where nothing is known.</summary>
    public static int Columns => Size(() => Console.BufferWidth, 80);

    /// <summary>Rows; 24 where nothing is known.</summary>
    public static int Rows => Size(() => Console.WindowHeight, 24);

    /// <summary>Columns of the terminal that standard output is; null: it is none.</summary>
    public static int? OutColumns => Console.IsOutputRedirected ? null : Columns;

    private static int Size(Func<int> size, int otherwise)
    {
        try
        {
            return size() is > 0 and var length ? length : otherwise;
        }
        catch (IOException)
        {
            return otherwise;
        }
    }
}
