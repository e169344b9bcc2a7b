using Tame.Generator.Tests.Harness;

namespace Tame.Generator.Tests.Rules;

public sealed class TAME056Tests
{
    private static readonly RuleUnderTest s_rule = new("TAME056");

    [Theory]
    [InlineData("Get([|mkevent(out string s)|]);", "a value of type 'int'", "a value of type 'string'", "declare 's' as 'int'")]
    [InlineData("Get([|mkevent()|]);", "a value of type 'int'", "no value", "write 'mkevent(out int …)'")]
    [InlineData("asap([|mkevent(out int k)|]);", "no value", "a value of type 'int'", "write 'mkevent()'")]
    [InlineData("Two([|mkevent(out string s, out int k)|]);", "values of types 'int' and 'string'", "values of types 'string' and 'int'", "declare 's' as 'int' and declare 'k' as 'string'")]
    [InlineData("Two([|mkevent(out int k)|]);", "values of types 'int' and 'string'", "a value of type 'int'", "write 'mkevent(out int …, out string …)'")]
    [InlineData("Get([|mkevent(out longs[0])|]);", "a value of type 'int'", "a value of type 'long'", "use a slot of type 'int' in place of 'longs[0]'")]
    [InlineData("Task.FromResult(1).Trigger([|mkevent(out string s)|]);", "a value of type 'int'", "a value of type 'string'", "declare 's' as 'int'")]
    [InlineData("Task.CompletedTask.Trigger([|mkevent(out string s)|]);", "no value", "a value of type 'string'", "write 'mkevent()'")]
    public async Task The_message_says_what_where_and_what_to_do(string statement, string wanted, string given, string advice)
    {
        var reported = await s_rule.Reports(Body("using (twait()) " + statement), "CS1503");
        Assert.Equal([$"An event with {wanted} is expected here, but the event of this 'mkevent' has {given}; {advice}"], reported);
    }

    [Theory]
    [InlineData("twait(e => Get([|e|]), out string s);", "a value of type 'int'", "a value of type 'string'", "declare 's' as 'int'")]
    [InlineData("twait(e => Get([|e|]));", "a value of type 'int'", "no value", "write 'twait(e => …, out int …)'")]
    [InlineData("twait(e => { asap([|e|]); }, out int k);", "no value", "a value of type 'int'", "write 'twait(e => …)'")]
    [InlineData("twait((Event<string> e) => Get([|e|]), out string s);", "a value of type 'int'", "a value of type 'string'", "declare 's' as 'int' and write the parameter as 'Event<int> e'")]
    [InlineData("twait((Event<long> e) => Get([|e|]), out longs[0]);", "a value of type 'int'", "a value of type 'long'", "use a slot of type 'int' in place of 'longs[0]' and write the parameter as 'Event<int> e'")]
    [InlineData("twait((Event<string> e) => { asap([|e|]); }, out string s);", "no value", "a value of type 'string'", "write 'twait(e => …)'")]
    public async Task The_message_speaks_of_the_parameter_of_a_twait(string statement, string wanted, string given, string advice)
    {
        var reported = await s_rule.Reports(Body(statement), "CS1503");
        Assert.Equal([$"An event with {wanted} is expected here, but 'e' has {given}; {advice}"], reported);
    }

    [Theory]
    [InlineData("using (twait()) Get([|mkevent(out string s)|].WithTimeout(TimeSpan.Zero));", "CS1503")]
    [InlineData("using (twait()) Get(([|mkevent(out string? _)|]));", "CS1503")]
    [InlineData("using (twait()) Named(e: [|mkevent(out string s)|], name: \"\");", "CS1503")]
    [InlineData("using (twait()) { Event<int> e = [|mkevent(out string s)|]; Get(e); }", "CS0029")]
    [InlineData("using (twait()) ValueTask.FromResult(1).Trigger([|mkevent(out string s)|]);", "CS1929")]
    [InlineData("using (twait()) new BoundedChannel<int>(1).Receive([|mkevent(out string s)|]);", "CS1503")]
    [InlineData("var r = new Rendezvous(); Get([|mkevent(r, out string s)|]); twait(r);", "CS1503")]
    [InlineData("twait(e => Get([|e|]), out string s);", "CS1503")]
    [InlineData("twait((Event<string> e) => { Event<int> other = [|e|]; Get(other); }, out string s);", "CS0029")]
    [InlineData("twait(e => Get([|e|].WithTimeout(TimeSpan.Zero)), out longs[0]);", "CS1503")]
    public async Task Is_reported_at_the_place(string code, string compiler) => await s_rule.Reports(Body(code), compiler);

    [Theory]
    [InlineData("twait(e => Get(e), out int k); Use(k);")]
    [InlineData("int k; using (twait()) Get(mkevent(out k)); Use(k);")]
    [InlineData("int k; using (twait()) Task.FromResult(1).Trigger(mkevent(out k)); Use(k);")]
    [InlineData("long k; using (twait()) Over(mkevent(out k)); Use(k);")]
    public async Task Is_not_reported(string code) => await s_rule.LetsBe(Body(code));

    [Theory]
    [InlineData("using (twait()) Over(mkevent(out string s));")]
    [InlineData("using (twait()) Named(1, mkevent(out int k));")]
    [InlineData("using (twait()) { var e = mkevent(out string s); Get(e); }")]
    public async Task Where_nothing_certain_can_be_said_the_compilers_error_stands_alone(string code)
    {
        var compilation = Compiled.Compilation(Stage.Set(Body(code)));
        Assert.Equal("CS1503", Assert.Single(Compiled.Problems(Compiled.Generate(compilation).Output)).Id);
        Assert.Empty(await Compiled.Analyze(compilation));
    }

    private static string Body(string statements) => $$"""
        [Tamed] public static partial void Act(long[] longs, Event done);
        private static void ActBody(long[] longs, Event done)
        {
            {{statements}}
            done.Trigger();
        }
        private static void Two(Event<int, string> e) => e.Trigger(1, "");
        private static void Named(string name, Event<int> e) => e.Trigger(name.Length);
        private static void Over(Event<int> e) => e.Trigger(1);
        private static void Over(Event<long> e) => e.Trigger(1);
        """;
}
