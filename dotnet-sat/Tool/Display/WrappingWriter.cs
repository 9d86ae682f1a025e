using System.Text;

namespace Sat.Tool.Display;

/// <summary>Writes lines in whole words to a terminal: what is too long continues indented, where the terminal would break words.</summary>
/// <param name="inner">The terminal.</param>
/// <param name="columns">Its columns, asked anew for each line.</param>
internal sealed class WrappingWriter(TextWriter inner, Func<int> columns) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value);

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : WordWrap.Lines(value, columns()));

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
