using System.Text;

namespace Sat.Reports.Rendering;

/// <summary>The data of an SVG path, to a tenth of a unit, in relative steps: half as long as in absolute ones.</summary>
internal sealed class PathData
{
    private readonly StringBuilder _text = new();
    private (int X, int Y) _at;

    /// <summary>Adds a line through points, apart from what is there or, when <paramref name="join"/>, onto its end.</summary>
    public PathData Line(IEnumerable<(double X, double Y)> points, bool join = false)
    {
        foreach (var point in points)
        {
            (int X, int Y) to = ((int)Math.Round(10 * point.X), (int)Math.Round(10 * point.Y));
            if (join)
                Step('l', to.X - _at.X, to.Y - _at.Y);
            else
                Step('M', to.X, to.Y);
            (_at, join) = (to, true);
        }
        return this;
    }

    /// <summary>Joins the end to the beginning.</summary>
    public PathData Close()
    {
        _text.Append('z');
        return this;
    }

    public override string ToString() => _text.ToString();

    private void Step(char command, int x, int y)
    {
        _text.Append(command);
        Number(x);
        if (y >= 0)
            _text.Append(' ');
        Number(y);
    }

    private void Number(int tenths)
    {
        if (tenths < 0)
            _text.Append('-');
        var (whole, tenth) = Math.DivRem(Math.Abs(tenths), 10);
        if (whole > 0 || tenth == 0)
            _text.Append(whole);
        if (tenth > 0)
            _text.Append('.').Append(tenth);
    }
}
