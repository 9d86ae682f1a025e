using Sat.Records;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sat.Tool.Display;

/// <summary>What a widget's text holds is shown; what the console itself adds (colours, cursor) passes.</summary>
internal sealed class VisibleSegments : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(r => new Visible(r));

    private sealed class Visible(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth).Select(Shown);

        private static Segment Shown(Segment segment) =>
            segment.IsControlCode || VisibleText.Escape(segment.Text) is var text && ReferenceEquals(text, segment.Text)
                ? segment
                : new Segment(text, segment.Style);
    }
}
