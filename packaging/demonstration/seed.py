#!/usr/bin/env python3
"""seed.py C2S_PORT CA HOST   fills a server of ours with the people, channels and talk of the demo."""
import asyncio
import logging
import sys
from xml.sax.saxutils import escape, quoteattr

import slixmpp
from slixmpp.xmlstream import ET

PORT, CA, HOST = int(sys.argv[1]), sys.argv[2], sys.argv[3]
SERVICE, TOPICS = f"channels.{HOST}", f"topics.{HOST}"
PUBSUB = "http://jabber.org/protocol/pubsub"
PEOPLE = {
    "romeo": "Romeo", "juliet": "Juliet", "laurence": "Friar Laurence",
    "benvolio": "Benvolio", "mercutio": "Mercutio", "nurse": "Nurse",
}
GARDENERS = f"/user/gardeners@{TOPICS}/posts"
NEWS = f"/user/xmpp-news@{TOPICS}/posts"
CHAT = [
    ("juliet", "romeo", "Three words, dear Romeo, and good night indeed."),
    ("juliet", "romeo", "If that thy bent of love be honourable, send me word to-morrow."),
    ("romeo", "juliet", "A thousand times good night!"),
    ("mercutio", "romeo", "Ask for me tomorrow."),
    ("nurse", "romeo", "Anon, anon!"),
    ("benvolio", "romeo", "Доброе утро, 早上好, good morning 🌹"),
    ("juliet", "romeo", "By what o’clock to-morrow shall I send to thee?"),
    ("romeo", "juliet", "By the hour of nine."),
    ("juliet", "romeo", "I will not fail. ’Tis *twenty year* till then. I have forgot why I did call thee back — look at "
     f"the white roses: xmpp:gardeners@{TOPICS}"),
]


class Person(slixmpp.ClientXMPP):
    def __init__(self, name):
        super().__init__(f"{name}@{HOST}/seed", "secret")
        self.name, self.ca_certs, self.started = name, CA, asyncio.Event()
        self.add_event_handler("session_start", lambda _: self.started.set())
        self.add_event_handler("presence_subscribe",
                               lambda p: self.send_presence(pto=p["from"].bare, ptype="subscribed"))

    async def ask(self, kind, to, xml):
        iq = self.Iq()
        iq["type"], iq["to"] = kind, to
        iq.append(ET.fromstring(xml))
        return await iq.send(timeout=30)

    async def post(self, node, text, start=None):
        reply = f"<in-reply-to xmlns='http://purl.org/syndication/thread/1.0' ref={quoteattr(start)}/>" if start else ""
        answer = await self.ask("set", SERVICE, f"""<pubsub xmlns='{PUBSUB}'><publish node='{node}'><item>
            <entry xmlns='http://www.w3.org/2005/Atom'><content type='text'>{escape(text)}</content>{reply}</entry>
            </item></publish></pubsub>""")
        return answer.xml.find(".//{*}item").get("id")

    async def create(self, node, title, description):
        fields = {"buddycloud#channel_type": "topic", "pubsub#title": title, "pubsub#description": description,
                  "pubsub#access_model": "open", "buddycloud#default_affiliation": "publisher"}
        form = "".join(f"<field var='{name}'><value>{escape(value)}</value></field>" for name, value in fields.items())
        await self.ask("set", SERVICE, f"""<pubsub xmlns='{PUBSUB}'><create node='{node}'/><configure node='{node}'>
            <x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'>
            <value>{PUBSUB}#node_config</value></field>{form}</x></configure></pubsub>""")

    async def follow(self, node):
        await self.ask("set", SERVICE, f"<pubsub xmlns='{PUBSUB}'><subscribe node='{node}' jid='{self.boundjid.bare}'/>"
                       "</pubsub>")


async def make_contacts(people):
    for one in people.values():
        for other in people.values():
            if one is not other:
                await one.ask("set", one.boundjid.bare, "<query xmlns='jabber:iq:roster'><item "
                              f"jid='{other.boundjid.bare}' name={quoteattr(PEOPLE[other.name])}/></query>")
                one.send_presence(pto=other.boundjid.bare, ptype="subscribe")


async def make_channels(people):
    laurence, juliet, benvolio = people["laurence"], people["juliet"], people["benvolio"]
    await laurence.create(GARDENERS, "Verona Gardeners", "Roses, herbs and what grows on walls.")
    await benvolio.create(NEWS, "xmpp-news", "What is new in our little network.")
    for name in ("juliet", "benvolio", "mercutio", "nurse", "romeo"):
        await people[name].follow(GARDENERS)
    await people["romeo"].follow(NEWS)
    for name in ("juliet", "benvolio"):
        await laurence.ask("set", SERVICE, f"<pubsub xmlns='{PUBSUB}#owner'><affiliations node='{GARDENERS}'>"
                           f"<affiliation jid='{name}@{HOST}' affiliation='moderator'/></affiliations></pubsub>")
    herbs = await laurence.post(GARDENERS, "Within the infant rind of this weak flower poison hath residence and medicine "
                                "power. Notes from this morning’s walk, with the names in three tongues and where each may "
                                "be found without climbing: foxglove by the mill, rosemary on the south wall of the abbey, "
                                "rue everywhere one would rather not look.")
    await people["mercutio"].post(GARDENERS, "A plague on both your hedges.", herbs)
    await juliet.post(GARDENERS, "Watered everything before sunrise. The lark was late.")
    roses = await juliet.post(GARDENERS, "The orchard wall roses are out a week early this year. I have cuttings of the "
                              "white damask for anyone who brings a pot — come by before the evening bell, "
                              "@mercutio knows the gate. #roses #cuttings")
    for name, text in (("nurse", "Anon, anon! I shall want two."), ("mercutio", "Ask for me tomorrow."),
                       ("benvolio", "How about Tuesday? I can carry the big ones."),
                       ("laurence", "Bring gloves. The soil is described at https://gardens.example/roses")):
        await people[name].post(GARDENERS, text, roses)
    await benvolio.post(NEWS, "New release of the pubsub guide.")
    await juliet.post(f"/user/juliet@{HOST}/posts", "My ears have not yet drunk a hundred words.")
    await people["romeo"].post(f"/user/romeo@{HOST}/posts", "I have night’s cloak to hide me from their sight.")


async def main():
    people = {}
    for name in PEOPLE:
        person = people[name] = Person(name)
        person.connect(host="127.0.0.1", port=PORT)
        await asyncio.wait_for(person.started.wait(), 30)
        person.send_presence()
        person.send_presence(pto=SERVICE)
        await person.ask("set", SERVICE, "<query xmlns='jabber:iq:register'/>")
    await make_contacts(people)
    await make_channels(people)
    for sender, receiver, text in CHAT:
        people[sender].send_message(mto=f"{receiver}@{HOST}", mbody=text, mtype="chat")
        # the server has it when it answers what came after it
        await people[sender].ask("get", HOST, "<ping xmlns='urn:xmpp:ping'/>")
    for person in people.values():
        await person.disconnect()


logging.disable(logging.CRITICAL)
asyncio.run(main())
