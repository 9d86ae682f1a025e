using System.Text;
using Sat.Records;

namespace Sat.Tool.Display;

/// <summary>
/// The one way by which text reaches standard output and error: whoever writes, nothing that a terminal obeys passes.
/// Only <see cref="Terminal"/>'s own styling goes round it.
/// </summary>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        if (VisibleText.IsHidden(value))
            inner.Write(VisibleText.Escape(value.ToString()));
        else
            inner.Write(value);
    }

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(VisibleText.Escape(buffer.ToString()));

    public override void Write(string? value) => inner.Write(value is null ? null : VisibleText.Escape(value));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(value is null ? null : VisibleText.Escape(value));

    public override void WriteLine(ReadOnlySpan<char> buffer) => WriteLine(buffer.ToString());

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
