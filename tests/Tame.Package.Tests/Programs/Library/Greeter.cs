namespace Library;

/// <summary>Greets people in a tone that a derived greeter may change.</summary>
public partial class Greeter
{
    /// <summary>Makes a greeting, after a while.</summary>
    /// <param name="name">Who is greeted.</param>
    /// <param name="greeting">Gets the greeting.</param>
    [Tamed] public virtual partial void Greet(string name, Event<string> greeting);

    private void GreetBody(string name, Event<string> greeting)
    {
        using (twait()) timer(TimeSpan.FromMilliseconds(10), mkevent());
        greeting.Trigger($"Hello, {name}.");
    }
}
