EventLoop.Run(done => Greeter.Greet(["Ada", "Grace"], done));

internal static partial class Greeter
{
    [Tamed] public static partial void Greet(string[] names, Event done);

    private static void GreetBody(string[] names, Event done)
    {
        for (int i = 0; i < names.Length; i++)
        {
            string greeting;
            using (twait()) Compose(names[i], mkevent(out greeting));
            Console.WriteLine(greeting);
        }
        done.Trigger();
    }

    [Tamed] private static partial void Compose(string name, Event<string> greeting);

    private static void ComposeBody(string name, Event<string> greeting)
    {
        using (twait()) timer(TimeSpan.FromMilliseconds(10), mkevent());
        greeting.Trigger($"Hello, {name}.");
    }
}
