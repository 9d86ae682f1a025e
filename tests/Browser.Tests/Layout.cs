using System.Text.Json;
using Microsoft.Playwright;

namespace Sat.Browser.Tests;

/// <summary>What is wrong with a page as it is laid out; measured in the browser.</summary>
public static class Layout
{
    private const string Script = """
        () => {
          const faults = [];
          const name = e => e.closest('figure')?.querySelector('figcaption b')?.textContent ?? (e.getAttribute?.('aria-label') || e.className?.baseVal || e.className || e.localName);
          const seen = e => e.checkVisibility({ contentVisibilityAuto: false });
          const root = document.documentElement;
          if (root.scrollWidth > root.clientWidth) {
            const wide = [...document.querySelectorAll('body *')].filter(e => seen(e) && !e.parentElement.closest('.scroll, pre, svg') && e.getBoundingClientRect().right > root.clientWidth + 1);
            faults.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}: ${wide.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')}`);
          }
          const tables = [...document.querySelectorAll('table')].filter(seen);
          for (const table of tables) {
            const rows = [...table.tBodies].flatMap(b => [...b.rows]).filter(r => seen(r) && r.getBoundingClientRect().height >= 12 && r.textContent.trim());
            if (rows.length === 0) faults.push(`a table without rows: ${name(table)}`);
            for (const cell of table.querySelectorAll('th, td'))
              if (seen(cell) && cell.textContent.trim() && cell.scrollWidth > cell.clientWidth + 1) { faults.push(`a cell's text sticks out: ${cell.outerHTML.slice(0, 200)}`); break; }
          }
          const charts = [...document.querySelectorAll('svg.chart')].filter(seen);
          const least = { width: 260, height: 160 };
          for (const chart of charts) {
            const box = chart.getBoundingClientRect();
            if (box.width < least.width || box.height < least.height) faults.push(`a chart of ${box.width} x ${box.height}: ${name(chart)}`);
            const lines = chart.querySelectorAll('.mean');
            if (lines.length === 0) faults.push(`a chart without a line: ${name(chart)}`);
            const scale = box.width / chart.viewBox.baseVal.width;
            const texts = [...chart.querySelectorAll('text')].map(t => ({ text: t.textContent, size: scale * parseFloat(getComputedStyle(t).fontSize), box: t.getBoundingClientRect() }));
            for (const t of texts) {
              if (t.size < 9) faults.push(`letters of ${t.size.toFixed(1)} pixels, '${t.text}': ${name(chart)}`);
              if (t.box.left < box.left - 0.5 || t.box.right > box.right + 0.5 || t.box.bottom > box.bottom + 0.5 || t.box.top < box.top - 0.5) faults.push(`'${t.text}' sticks out: ${name(chart)}`);
            }
            for (let i = 0; i < texts.length; i++)
              for (let j = 0; j < i; j++) {
                const [a, b] = [texts[i].box, texts[j].box];
                if (a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2) faults.push(`'${texts[i].text}' lies on '${texts[j].text}': ${name(chart)}`);
              }
          }
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const small = new Set();
          for (let node = walker.nextNode(); node; node = walker.nextNode())
            if (node.data.trim() && !node.parentElement.closest('svg') && seen(node.parentElement) && parseFloat(getComputedStyle(node.parentElement).fontSize) < LEAST) small.add(node.parentElement.className || node.parentElement.localName);
          for (const s of small) faults.push(`letters of less than LEAST pixels: ${s}`);
          return JSON.stringify({ tables: tables.length, charts: charts.length, faults });
        }
        """;

    public sealed record Found(int Tables, int Charts, IReadOnlyList<string> Faults);

    /// <summary>Tables and charts that can be seen, and faults: a page wider than its window, empty tables and charts, small, cut-off or
    /// overlapping letters.</summary>
    /// <param name="page">The page.</param>
    /// <param name="leastLetters">Least height of letters outside charts, in CSS pixels.</param>
    public static async Task<Found> Look(IPage page, double leastLetters) =>
        JsonSerializer.Deserialize<Found>(
            await page.EvaluateAsync<string>(
                Script.Replace("LEAST", leastLetters.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            ),
            JsonSerializerOptions.Web
        )!;
}
