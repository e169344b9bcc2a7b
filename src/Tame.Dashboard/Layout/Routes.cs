namespace Tame.Dashboards.Layout;

/// <summary>Finds routes for edges through rows in which they had no place when the drawing was created.</summary>
internal static class Routes
{
    /// <summary>Keeps the free routes, and finds routes for edges that are new or blocked by a new node.</summary>
    public static Dictionary<int, Route> Keep(LayoutGraph graph, Dictionary<int, NodePlace> nodes, Placement before, Placement added)
    {
        var rows = nodes.Values.ToLookup(place => place.Row);
        var routes = new Dictionary<int, Route>();
        foreach (var edge in graph.Edges)
        {
            var (from, to) = (nodes[edge.From], nodes[edge.To]);
            if ((before.Edges.TryGetValue(edge.Id, out var route) && IsFree(route, from, to)) || added.Edges.TryGetValue(edge.Id, out route))
                routes.Add(edge.Id, route);
            else
                routes.Add(edge.Id, Find(from, to));
        }
        return routes;

        bool IsFree(Route route, NodePlace from, NodePlace to)
        {
            int top = Math.Min(from.Row, to.Row) + 1;
            return route.Bends.Select((x, i) => (x, i)).All(bend => rows[top + bend.i].All(place => bend.x <= place.Left || bend.x >= place.Right));
        }

        Route Find(NodePlace from, NodePlace to)
        {
            var (upper, lower) = from.Row <= to.Row ? (from, to) : (to, from);
            var bends = new List<double>();
            for (int row = upper.Row + 1; row < lower.Row; row++)
            {
                double straight = upper.X + (lower.X - upper.X) * (row - upper.Row) / (lower.Row - upper.Row);
                bends.Add(Gaps.Nearest(rows[row], Measures.PassingGap, straight));
            }
            return new Route(from.Row >= to.Row, bends);
        }
    }
}
