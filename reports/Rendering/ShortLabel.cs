using System.Text;
using Sat.Records;

namespace Sat.Reports.Rendering;

/// <summary>Names cut to the room that a chart has for them.</summary>
internal static class ShortLabel
{
    /// <summary>A name cut to some letters of common width, and how many of them it takes.</summary>
    public static (string Text, int Cells) Of(string name, int most)
    {
        var text = new StringBuilder();
        var cells = 0;
        foreach (var letter in VisibleText.Escape(name).EnumerateRunes())
        {
            var wide = letter.Value >= 0x1100 ? 2 : 1;
            if (cells + wide > most - 1)
                return (text.Append('…').ToString(), cells + 1);
            text.Append(letter);
            cells += wide;
        }
        return (text.ToString(), cells);
    }
}
