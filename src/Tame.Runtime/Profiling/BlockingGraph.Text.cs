namespace Tame;

public sealed partial record BlockingGraph
{
    /// <summary>Converts the graph to the language of Graphviz, which <c>dot -Tsvg</c> draws. Calls are dashed, and returns are dotted.</summary>
    public string ToDot() => DotText.Of(this);

    /// <summary>Converts the graph to a Mermaid flowchart, which GitHub and other Markdown renderers draw. Calls are dotted, and returns are thick.</summary>
    public string ToMermaid() => MermaidText.Of(this);
}
