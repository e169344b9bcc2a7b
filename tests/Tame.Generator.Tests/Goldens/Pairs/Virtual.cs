namespace Demo;

public interface IShape
{
    void Draw(Event done);
}

public partial interface IDefault
{
    [Tamed] public virtual partial void Draw(int n, Event done);

    private void DrawBody(int n, Event done)
    {
        using (twait()) asap(mkevent());
        done.Trigger();
    }
}

public partial class Shape : IShape
{
    [Tamed] public virtual partial void Draw(Event done);

    private void DrawBody(Event done)
    {
        using (twait()) asap(mkevent());
        done.Trigger();
    }

    protected int Sides => 4;
}

public partial class Circle : Shape
{
    [Tamed] public sealed override partial void Draw(Event done);

    private void DrawBody(Event done)
    {
        using (twait()) base.Draw(mkevent());
        if (Equals(this, null) || Sides == 0) throw new InvalidOperationException();
        done.Trigger();
    }
}
