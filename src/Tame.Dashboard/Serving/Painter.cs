using Tame.Dashboards.Drawing;
using Tame.Dashboards.Figures;
using Tame.Dashboards.Graph;

namespace Tame.Dashboards.Serving;

/// <summary>Creates frames from the readings of the loop, one at a time, on a thread other than the loop's.</summary>
internal sealed class Painter(Viewers viewers, int mostNodes)
{
    private readonly Rates _rates = new();
    private readonly Numbering _numbering = new();
    private readonly Lock _lock = new();

    public void Paint(DateTimeOffset time, LoopFigures figures, BlockingGraph graph, IReadOnlyList<StageReading> stages)
    {
        lock (_lock)
        {
            _rates.Note(graph, time);
            var viewing = new Viewing(_numbering, _rates, mostNodes);
            string text = JsonText.OfFigures(time, figures);
            foreach (var viewer in viewers.Watching())
                Paint(viewer, StageNodes.Add(viewing.Of(graph, viewer.Request.Open), stages, _numbering), text);
        }
    }

    /// <summary>The graph that a viewer saw last, for a panel.</summary>
    public VisibleGraph Seen(Viewer viewer)
    {
        lock (_lock)
            return viewer.View.Graph;
    }

    private static void Paint(Viewer viewer, VisibleGraph graph, string figures)
    {
        int before = viewer.View.Version;
        viewer.View.Update(graph, viewer.Request.Layouts);
        int version = viewer.View.Version;
        string svg = viewer.Frame is { } frame && version == before ? frame.Svg : GraphDrawing.Of(graph, viewer.View.Placement);
        viewer.Frame = new Frame(figures, version, svg, JsonText.OfCounts(graph));
    }
}
